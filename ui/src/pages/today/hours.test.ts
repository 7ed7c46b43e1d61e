import { expect, test } from "vitest";
import type { HourOfDay } from "@/api/today";
import { hoursShown, othersOf } from "./hours";

const hour = (at: number, calls = 9): HourOfDay => ({ hour: at, calls, connected: 3, lost: 1, talk_ms: 0 });

test("an hour between two with calls is shown, and so many behind that a day's first hour fills no chart", () => {
  const shown = hoursShown([hour(9), hour(11)]);
  expect(shown.map(({ hour: at }) => at)).toEqual([9, 10, 11, 12, 13, 14, 15, 16]);
  expect(shown.slice(0, 4).map(({ calls }) => calls)).toEqual([9, 0, 9, 0]);
  expect(hoursShown([hour(22)]).map(({ hour: at }) => at)).toEqual([22, 23]);
  expect(hoursShown([hour(8), hour(19)])).toHaveLength(12);
  expect(hoursShown([])).toEqual([]);
});

test("who was neither reached nor lost is counted, too", () => {
  expect(othersOf(hour(9))).toBe(5);
});
