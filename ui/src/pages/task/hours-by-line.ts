import type { HourOfLine } from "@/api/model";

/** The hours from the first to the last in which anybody was called; those between without calls, too. */
export function hoursShown(found: readonly HourOfLine[]): number[] {
  if (found.length === 0) return [];
  const hours = found.map(({ hour }) => hour);
  const first = Math.min(...hours);
  return Array.from({ length: Math.max(...hours) - first + 1 }, (_, at) => first + at);
}

/** What was found of one line, by the hour. */
export const hoursOf = (found: readonly HourOfLine[], lineId: string): ReadonlyMap<number, HourOfLine> =>
  new Map(found.filter(({ line }) => line.id === lineId).map((one) => [one.hour, one]));
