import type { HourOfDay } from "@/api/today";

/** The calls of an hour that came to neither: nobody answered, or nobody could. */
export const othersOf = ({ calls, connected, lost }: HourOfDay): number => calls - connected - lost;

const LEAST = 8;
const LAST_HOUR = 23;

/** The hours from the first to the last in which anybody was called, and those behind it until they are eight. */
export function hoursShown(found: readonly HourOfDay[]): HourOfDay[] {
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last) return [];
  const known = new Map(found.map((one) => [one.hour, one]));
  const until = Math.min(LAST_HOUR, Math.max(last.hour, first.hour + LEAST - 1));
  return Array.from({ length: until - first.hour + 1 }, (_, at) => {
    const hour = first.hour + at;
    return known.get(hour) ?? { hour, calls: 0, connected: 0, lost: 0, talk_ms: 0 };
  });
}
