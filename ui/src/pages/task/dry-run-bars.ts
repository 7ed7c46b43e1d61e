import type { DryRunAnswer } from "@/api/model";

export interface Bar {
  at: Date;
  calls: number;
}

const HOUR_MS = 3_600_000;
/** A curve of more hours than these is told by day. */
const MOST_HOURS = 72;

const dayOf = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate());
const nextDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1);
const nextHour = (at: Date) => new Date(at.getTime() + HOUR_MS);

/** The bars of a curve without gaps: hours, or the reader's days where there would be too many. */
export function barsOf(hours: DryRunAnswer["by_hour"]): { bars: Bar[]; byDay: boolean } {
  const known = hours.map(({ at, calls }) => ({ at: new Date(at), calls }));
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last) return { bars: [], byDay: false };
  const byDay = (last.at.getTime() - first.at.getTime()) / HOUR_MS >= MOST_HOURS;
  const start = byDay ? dayOf : (at: Date) => at;
  const sums = new Map<number, number>();
  for (const { at, calls } of known) {
    const key = start(at).getTime();
    sums.set(key, (sums.get(key) ?? 0) + calls);
  }
  const bars: Bar[] = [];
  const step = byDay ? nextDay : nextHour;
  for (let at = start(first.at); at <= last.at; at = step(at))
    bars.push({ at, calls: sums.get(at.getTime()) ?? 0 });
  return { bars, byDay };
}
