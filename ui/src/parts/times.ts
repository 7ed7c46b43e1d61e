const MINUTE = 60;
const HOUR = 3600;
const DAY_MS = 24 * HOUR * 1000;
/** How far the clock by which pages tell what is past may lag behind: what seems to come within it is now. */
const BEHIND_MS = 20_000;
/** Midnight is 00:00, as `hour12: false` would have it 24:00 in some languages. */
export const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** "1:05" or "1:02:03" for a length in ms. */
export function clockLength(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / HOUR), Math.floor((seconds % HOUR) / MINUTE), seconds % MINUTE];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = String(rest).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}

export const exactTime = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(new Date(iso));

/** Where `zone` shows another time than the reader's own clock: that time with the zone's name, else nothing. */
export function elsewhere(iso: string, zone: string, language: string): string | null {
  const at = new Date(iso);
  const shown = (timeZone?: string) =>
    new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium", timeZone }).format(at);
  return shown(zone) === shown() ? null : `${shown(zone)} (${zone.replaceAll("_", " ")})`;
}

export const hourAndMinute = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, CLOCK).format(new Date(iso));

function relative(seconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "short" });
  const size = Math.abs(seconds);
  if (size < MINUTE) return format.format(Math.round(seconds), "second");
  if (size < HOUR) return format.format(Math.round(seconds / MINUTE), "minute");
  return format.format(Math.round(seconds / HOUR), "hour");
}

/** Within a day of `now` as "5 min. ago"; further off as day and minute. */
export function friendlyTime(iso: string, now: number, language: string): string {
  const ahead = new Date(iso).getTime() - now;
  const distance = ahead > 0 && ahead < BEHIND_MS ? 0 : ahead;
  if (Math.abs(distance) < DAY_MS) return relative(distance / 1000, language);
  const thisYear = new Date(iso).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(language, {
    year: thisYear ? undefined : "numeric",
    month: "short",
    day: "numeric",
    ...CLOCK,
  }).format(new Date(iso));
}

/** A moment to come as one says it: "14:00" on this day, "Tue, 24 Nov, 09:00" on another. */
export function momentWords(iso: string, now: number, language: string): string {
  const at = new Date(iso);
  if (at.toDateString() === new Date(now).toDateString()) return hourAndMinute(iso, language);
  return new Intl.DateTimeFormat(language, {
    weekday: "short",
    month: "short",
    day: "numeric",
    ...CLOCK,
  }).format(at);
}

/** A time zone (IANA) as people read it. */
export const zoneName = (zone: string): string => zone.replaceAll("_", " ");
