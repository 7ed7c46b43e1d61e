import { expect, it } from "vitest";
import type { ArmDifference } from "@/api/model";
import { boundsOf } from "./verdict-words";

const difference = { arm: 1, measure: "grade", value: -0.06, verdict: "lower" } as ArmDifference;

it("says fewer without a sign, the smaller number first", () => {
  expect(boundsOf({ ...difference, interval: { low: -0.1, high: -0.02 } })).toEqual([2, 10]);
  expect(boundsOf({ ...difference, verdict: "not_yet", interval: { low: -0.1, high: 0.02 } })).toEqual([
    -10, 2,
  ]);
  expect(
    boundsOf({ ...difference, measure: "talk", verdict: "higher", interval: { low: 3, high: 9 } }),
  ).toEqual([3, 9]);
});
