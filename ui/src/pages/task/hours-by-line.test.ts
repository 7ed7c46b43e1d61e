import { expect, it } from "vitest";
import type { HourOfLine } from "@/api/model";
import { hoursOf, hoursShown } from "./hours-by-line";

const hour = (name: string, at: number): HourOfLine =>
  ({ line: { id: name, name }, hour: at, calls: 2, connected: 1, lost: 0 }) as HourOfLine;
const found = [hour("A", 12), hour("A", 9), hour("B", 10)];

it("shows each hour between the first and the last", () => {
  expect(hoursShown(found)).toEqual([9, 10, 11, 12]);
  expect(hoursShown([])).toEqual([]);
});

it("keeps the lines apart", () => {
  expect([...hoursOf(found, "A").keys()]).toEqual([12, 9]);
  expect([...hoursOf(found, "C").keys()]).toEqual([]);
});
