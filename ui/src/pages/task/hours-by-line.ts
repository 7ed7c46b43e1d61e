import type { HourOfLine } from "@/api/model";

export interface LineHours {
  line: HourOfLine["line"];
  at: ReadonlyMap<number, HourOfLine>;
}

/** The hours from the first to the last in which anybody was called; those between without calls, too. */
export function hoursShown(found: readonly HourOfLine[]): number[] {
  const hours = found.map(({ hour }) => hour);
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, at) => first + at);
}

/** What was found, line by line, in the order in which the lines come. */
export function linesOf(found: readonly HourOfLine[]): LineHours[] {
  const lines = new Map<string, { line: HourOfLine["line"]; at: Map<number, HourOfLine> }>();
  for (const one of found) {
    const known = lines.get(one.line.id) ?? { line: one.line, at: new Map<number, HourOfLine>() };
    known.at.set(one.hour, one);
    lines.set(one.line.id, known);
  }
  return [...lines.values()];
}
