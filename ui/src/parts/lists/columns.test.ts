import { describe, expect, it } from "vitest";
import { AS_BEFORE, type ListColumn, type Screens, seenOf, switched } from "./columns";

const COLUMNS: ListColumn<object>[] = [
  { key: "name", title: "Name" },
  { key: "owner", title: "Owner", responsive: ["md"] },
  { key: "grade", title: null, name: "Grade" },
  { key: "city", title: "City", optional: true },
  { key: "acts", title: "" },
];
const WIDE: Screens = { md: true };
const NARROW: Screens = {};
const column = (key: string) => COLUMNS.find((one) => one.key === key) ?? { key };
const keys = (choice: Parameters<typeof seenOf>[1], screens = WIDE) =>
  seenOf(COLUMNS, choice, screens).map(({ key }) => key);

describe("the columns of a list", () => {
  it("are those that it shows by itself until somebody chooses", () => {
    expect(keys(AS_BEFORE)).toEqual(["name", "owner", "grade", "acts"]);
    expect(keys(AS_BEFORE, NARROW)).toEqual(["name", "grade", "acts"]);
  });
  it("stay in the table's order whatever the order of choosing", () => {
    expect(keys({ shown: ["city", "owner"], hidden: ["grade"] })).toEqual(["name", "owner", "city", "acts"]);
  });
  it("are never none: the first stays, and what is there to be pressed", () => {
    const hidden = COLUMNS.map(({ key }) => key);
    expect(keys({ shown: [], hidden })).toEqual(["name", "acts"]);
  });
  it("ignore a choice of what there is not", () => {
    expect(keys({ shown: ["gone"], hidden: ["gone too"] })).toEqual(keys(AS_BEFORE));
  });
  it("are seen on a narrow screen where somebody wants them there", () => {
    const choice = switched(AS_BEFORE, column("owner"), true, NARROW);
    expect(keys(choice, NARROW)).toContain("owner");
    expect(seenOf(COLUMNS, choice, NARROW).every(({ responsive }) => responsive === undefined)).toBe(true);
  });
});

describe("switching a column", () => {
  it.each([
    ["owner", WIDE],
    ["owner", NARROW],
    ["grade", WIDE],
    ["city", WIDE],
  ])("%s off and on again leads back to where it was", (key, screens) => {
    const before = keys(AS_BEFORE, screens).includes(key);
    const there = switched(AS_BEFORE, column(key), !before, screens);
    expect(keys(there, screens).includes(key)).toBe(!before);
    expect(switched(there, column(key), before, screens)).toEqual(AS_BEFORE);
  });
});
