const LONGEST = 600;
const BULLET = /^\s*(?:[-*•·]|\d+[.)、])\s*/;

/** The sentences of a pasted text, one a line, added to those there: without bullets, none twice, `most` in all. */
export function joined(there: readonly string[], text: string, most: number): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.replace(BULLET, "").trim().slice(0, LONGEST));
  return [...new Set([...there.filter((one) => one.trim()), ...lines.filter(Boolean)])].slice(0, most);
}
