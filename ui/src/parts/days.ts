import dayjs from "dayjs";

/** The first and the last day that can be chosen, "2026-03-01", and whether a time belongs to it. */
export interface DayRules {
  min?: string;
  max?: string;
  time?: boolean;
}

export const formatOf = (time: boolean) => (time ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD");

export const dayOf = (value: string | undefined): dayjs.Dayjs | null => {
  const day = value ? dayjs(value) : null;
  return day?.isValid() ? day : null;
};

/** A day as it is kept: "2026-03-01", with a time "2026-03-01T09:30"; empty for none. */
export const keptAs = (day: dayjs.Dayjs | null | undefined, time: boolean): string =>
  day?.format(time ? "YYYY-MM-DDTHH:mm" : "YYYY-MM-DD") ?? "";

/** What is kept as it stands in its field. */
export const shownAs = (kept: string, time: boolean): string => dayOf(kept)?.format(formatOf(time)) ?? "";

/** Whether a day lies before the first or after the last that can be chosen. */
export const isOutside = (day: dayjs.Dayjs | null | undefined, { min, max }: DayRules): boolean =>
  Boolean(day && ((min && day.isBefore(min, "day")) || (max && day.isAfter(max, "day"))));

/** Which rule refused what was typed: one about when the day is, or about how it is written. */
export function ruleOf(outside: boolean, { min, max, time }: DayRules) {
  if (outside && min && max) return "between";
  if (outside) return min ? "from" : "until";
  return time ? "moment" : "day";
}
