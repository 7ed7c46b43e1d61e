import { expect, it } from "vitest";
import { gradeStep } from "./Grade";

it("goes from teal to grey over the script's own grades, however many they are", () => {
  expect(["A", "B", "C", "D", "E", "F"].map((grade) => gradeStep(grade))).toEqual([0, 1, 2, 3, 4, 5]);
  expect(["hot", "warm", "cold"].map((grade) => gradeStep(grade, ["hot", "warm", "cold"]))).toEqual([
    0, 3, 5,
  ]);
  expect(gradeStep("A", ["A"])).toBe(0);
  expect(gradeStep("?", ["A", "B"])).toBe(5);
});
