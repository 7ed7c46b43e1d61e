import { expect, it } from "vitest";
import { allAnswered, settledOf } from "./found";

const found = (label: string) => ({
  label,
  options: [{ value: `/${label}/1`, label: "Anna" }],
  awaited: false,
  failed: false,
});
const awaited = (label: string) => ({ label, options: [], awaited: true, failed: false });
const labels = (groups: { label: string }[] | null) => groups?.map(({ label }) => label);

it("shows what was found before the first list that is awaited, and keeps all while that is the very first", () => {
  expect(labels(settledOf([found("customers"), found("tasks")]))).toEqual(["customers", "tasks"]);
  expect(labels(settledOf([found("customers"), awaited("tasks"), found("calls")]))).toEqual(["customers"]);
  expect(settledOf([awaited("customers"), found("tasks")])).toBeNull();
  expect(settledOf([{ ...found("customers"), options: [] }])).toEqual([]);
});

it("takes nothing found for nothing there once all have answered, and none has failed", () => {
  expect(allAnswered([found("customers"), found("tasks")])).toBe(true);
  expect(allAnswered([found("customers"), awaited("tasks")])).toBe(false);
  expect(allAnswered([found("customers"), { ...found("tasks"), failed: true }])).toBe(false);
});
