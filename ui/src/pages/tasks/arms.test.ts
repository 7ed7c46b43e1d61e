import { expect, it } from "vitest";
import { letterOf } from "@/parts/letter";
import { faultOf, totalOf, withOneMore, without } from "./arms";

const two = withOneMore([{ script_id: "s", version: 2, share: 100 }], "s");
const three = withOneMore(two, "s");

it("shares evenly, the first taking what is left over", () => {
  expect(two.map(({ share }) => share)).toEqual([50, 50]);
  expect(three.map(({ share }) => share)).toEqual([34, 33, 33]);
  expect(totalOf(without(three, 1))).toBe(100);
  expect(without(two, 1)).toEqual([]);
});

it("says what stands against a choice", () => {
  const [first, second] = two as [(typeof two)[0], (typeof two)[0]];
  expect(faultOf(two)).toBe("version");
  expect(faultOf([first, { ...second, version: 2 }])).toBe("twice");
  expect(faultOf([first, { ...second, version: 1, share: 40 }])).toBe("shares");
  expect(faultOf([first, { ...second, version: 1 }])).toBeNull();
  expect(faultOf([])).toBeNull();
});

it("gives letters", () => {
  expect([0, 1, 3].map(letterOf)).toEqual(["A", "B", "D"]);
});
