import type { CallingHours, Weekday } from "@/api/model";

export const DAY = 1440;
export const WEEKDAYS: readonly Weekday[] = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

/** "09:30" or "09:30:00" as the minute of the day; as an end, 00:00 is the end of the day. */
export function minuteOf(time: string, end = false): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  const minute = hours * 60 + minutes;
  return end && minute === 0 ? DAY : minute;
}

export const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Times without their seconds, as the fields of a form show them. */
export const shortTime = (time: string): string => time.slice(0, 5);

export interface Stretch {
  from: number;
  to: number;
  kind: "open" | "closed" | "no-dial";
}

const isOpen = (hours: CallingHours, minute: number): boolean =>
  minute >= minuteOf(hours.opens) && minute < minuteOf(hours.closes, true);

const isNoDial = (hours: CallingHours, minute: number): boolean =>
  hours.no_dial.some(({ starts, ends }) => minute >= minuteOf(starts) && minute < minuteOf(ends, true));

const kindAt = (all: readonly CallingHours[], minute: number): Stretch["kind"] => {
  if (!all.every((hours) => isOpen(hours, minute))) return "closed";
  return all.some((hours) => isNoDial(hours, minute)) ? "no-dial" : "open";
};

const edgesOf = (hours: CallingHours): number[] => [
  minuteOf(hours.opens),
  minuteOf(hours.closes, true),
  ...hours.no_dial.flatMap(({ starts, ends }) => [minuteOf(starts), minuteOf(ends, true)]),
];

/** An ordinary day from midnight to midnight: each of `all` only narrows it. */
export function dayOf(all: readonly CallingHours[]): Stretch[] {
  const edges = [...new Set([0, ...all.flatMap(edgesOf), DAY])]
    .filter((edge) => Number.isFinite(edge))
    .sort((one, other) => one - other);
  const stretches: Stretch[] = [];
  for (const [index, from] of edges.slice(0, -1).entries()) {
    const kind = kindAt(all, from);
    const to = edges[index + 1] ?? DAY;
    const last = stretches.at(-1);
    if (last?.kind === kind) last.to = to;
    else stretches.push({ from, to, kind });
  }
  return stretches;
}

/** "09:00–12:00, 14:00–20:00". */
export const openWords = (all: readonly CallingHours[]): string =>
  dayOf(all)
    .filter(({ kind }) => kind === "open")
    .map(({ from, to }) => `${clock(from)}–${to === DAY ? "24:00" : clock(to)}`)
    .join(", ");

/** The days on which all of them call, in the order of the week. */
export const daysOf = (all: readonly CallingHours[]): Weekday[] =>
  WEEKDAYS.filter((day) => all.every(({ days }) => days.includes(day)));
