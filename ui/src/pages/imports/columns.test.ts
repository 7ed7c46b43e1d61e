import { describe, expect, it } from "vitest";
import type { ImportPreview } from "@/api/model";
import { keyAt, missingKeys, placed, width } from "./columns";

const preview: ImportPreview = {
  heading_row: 1,
  headings: ["Handy", "Name"],
  rows: [["+44 20 7946 0123", "Ann", "May"]],
  places: {},
  missing: [],
  choices: [
    { key: "phone", label: "phone", required: true },
    { key: "name", label: "name", required: false },
    { key: "variables.customer_name", label: "Name", required: true },
    { key: "variables.plan", label: "Plan", required: false },
  ],
};

describe("columns of a file", () => {
  it("holds one meaning a column and one column a meaning", () => {
    const first = placed({ phone: 0 }, 1, "phone");
    expect(first).toEqual({ phone: 1 });
    expect(placed(first, 1, "name")).toEqual({ name: 1 });
    expect(placed(first, 1, null)).toEqual({});
  });

  it("shows the variable where the customer's name stands in the same column", () => {
    expect(keyAt({ name: 1, "variables.customer_name": 1 }, 1)).toBe("variables.customer_name");
    expect(keyAt({}, 1)).toBeNull();
  });

  it("misses what is required, but no variable for which the name serves", () => {
    expect(missingKeys(preview, {})).toEqual(["phone", "variables.customer_name"]);
    expect(missingKeys(preview, { phone: 0, name: 1 })).toEqual([]);
  });

  it("is as wide as its widest row", () => expect(width(preview)).toBe(3));
});
