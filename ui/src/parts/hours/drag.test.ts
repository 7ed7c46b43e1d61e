import { expect, it } from "vitest";
import type { CallingHours } from "@/api/model";
import { Drag } from "./drag";

const HOURS: CallingHours = { opens: "09:00", closes: "20:00", days: ["monday"], no_dial: [], holidays: [] };
const DRAWN = { ...HOURS, closes: "18:00" };

const HANDLE = { isConnected: true };
const FIRST = { pointer: 1, on: HANDLE };

const taken = (on = HANDLE) => {
  const drag = new Drag();
  expect(drag.take({ pointer: 1, on, x: 0, minute: 540, hours: HOURS })).toBe(true);
  return drag;
};

it("draws only for the pointer that took hold, until it lets go", () => {
  const drag = taken();
  expect(drag.take({ pointer: 2, on: HANDLE, x: 0, minute: 0, hours: DRAWN })).toBe(false);
  expect(drag.draw({ pointer: 2, on: HANDLE }, () => DRAWN)).toBeNull();
  expect(drag.draw(FIRST, () => DRAWN)).toBe(DRAWN);
  drag.release(2);
  expect(drag.draw(FIRST, ({ hours }) => hours)).toBe(HOURS);
  drag.release(1);
  expect(drag.draw(FIRST, () => DRAWN)).toBeNull();
});

it("goes back to the hours as they were only where something was drawn", () => {
  expect(taken().callOff(1)).toBeNull();
  const drag = taken();
  expect(drag.draw(FIRST, ({ hours }) => hours)).toBeNull();
  expect(drag.callOff(1)).toBeNull();
  const other = taken();
  other.draw(FIRST, () => DRAWN);
  expect(other.callOff(2)).toBeNull();
  expect(other.callOff(1)).toBe(HOURS);
  expect(other.callOff(1)).toBeNull();
});

it("is taken anew by a pointer that was never told to let go", () => {
  const drag = taken();
  drag.draw(FIRST, () => DRAWN);
  expect(drag.take({ ...FIRST, x: 5, minute: 600, hours: DRAWN })).toBe(true);
  expect(drag.callOff(1)).toBeNull();
});

it("is nobody's once what was held is gone from the page", () => {
  const gone = { isConnected: true };
  const drag = taken(gone);
  gone.isConnected = false;
  expect(drag.draw(FIRST, () => DRAWN)).toBeNull();
  expect(drag.take({ pointer: 2, on: HANDLE, x: 0, minute: 0, hours: DRAWN })).toBe(true);
});
