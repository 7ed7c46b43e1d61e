import { expect, it } from "vitest";
import type { CallingHours } from "@/api/model";
import { dayOf, daysOf, openWords } from "./hours";

const hours = (change: Partial<CallingHours> = {}): CallingHours => ({
  opens: "09:00:00",
  closes: "20:00:00",
  days: ["monday", "tuesday", "sunday"],
  no_dial: [],
  holidays: [],
  ...change,
});

it("divides a day into what is open, what is not, and the periods without calls", () => {
  const lunch = hours({ no_dial: [{ starts: "12:00:00", ends: "14:00:00" }] });
  expect(dayOf([lunch])).toEqual([
    { from: 0, to: 540, kind: "closed" },
    { from: 540, to: 720, kind: "open" },
    { from: 720, to: 840, kind: "no-dial" },
    { from: 840, to: 1200, kind: "open" },
    { from: 1200, to: 1440, kind: "closed" },
  ]);
  expect(openWords([lunch])).toBe("09:00–12:00, 14:00–20:00");
});

it("lets each of several hours only narrow the day", () => {
  const own = hours({ opens: "10:00", closes: "00:00", days: ["sunday", "friday"] });
  expect(openWords([hours(), own])).toBe("10:00–20:00");
  expect(daysOf([hours(), own])).toEqual(["sunday"]);
});

it("takes midnight as the end of the day", () => {
  expect(openWords([hours({ opens: "00:00", closes: "00:00" })])).toBe("00:00–24:00");
});
