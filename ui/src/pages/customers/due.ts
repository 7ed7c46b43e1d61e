import type { BookAsked } from "@/api/book";

export const DUES = ["overdue", "today", "week", "none"] as const;
export type Due = (typeof DUES)[number];

const WEEK_DAYS = 7;
const MINUTE_MS = 60_000;
/** Of a week that begins on Monday, by the day's number in one that begins on Sunday. */
const sinceMonday = (day: Date): number => (day.getDay() + WEEK_DAYS - 1) % WEEK_DAYS;

/** The midnight of the reader's clock at which the day begins that lies so many days after `now`'s. */
const midnight = (now: Date, days: number): string =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString();

/** The same moment all through a minute: what is asked changes no oftener than what it finds. */
const nextMinute = (now: Date): string =>
  new Date((Math.floor(now.getTime() / MINUTE_MS) + 1) * MINUTE_MS).toISOString();

/** Which follow-ups are meant, as moments: today and this week are those of the reader's clock. */
export function dueSpan(due: Due, now: Date): Pick<BookAsked, "due" | "due_since" | "due_before"> {
  if (due === "none") return { due: false };
  if (due === "overdue") return { due_before: nextMinute(now) };
  if (due === "today") return { due_since: midnight(now, 0), due_before: midnight(now, 1) };
  const monday = -sinceMonday(now);
  return { due_since: midnight(now, monday), due_before: midnight(now, monday + WEEK_DAYS) };
}
