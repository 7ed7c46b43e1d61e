import type { ChangeObject } from "diff";

/** Two texts line by line: what went, what came, and a little of what stayed around it. */

export interface Line {
  kind: "same" | "gone" | "come" | "left-out";
  text: string;
  /** How many lines are left out. */
  count: number;
}

const AROUND = 3;

const linesOf = (text: string): string[] => text.replace(/\n$/, "").split("\n");

/** What is the same, shortened to the lines next to a change. */
function shortened(lines: string[], isFirst: boolean, isLast: boolean): Line[] {
  const head = isFirst ? 0 : AROUND;
  const tail = isLast ? 0 : AROUND;
  const same = (text: string): Line => ({ kind: "same", text, count: 1 });
  if (lines.length <= head + tail + 1) return lines.map(same);
  const left = lines.length - head - tail;
  return [
    ...lines.slice(0, head).map(same),
    { kind: "left-out", text: "", count: left },
    ...lines.slice(lines.length - tail).map(same),
  ];
}

export function compared(changes: readonly ChangeObject<string>[]): Line[] {
  return changes.flatMap(({ value, added, removed }, index) => {
    const lines = linesOf(value);
    if (!added && !removed) return shortened(lines, index === 0, index === changes.length - 1);
    return lines.map((text): Line => ({ kind: added ? "come" : "gone", text, count: 1 }));
  });
}
