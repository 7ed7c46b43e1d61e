import { describe, expect, it } from "vitest";
import { groupedPhone } from "./phone";

describe("a phone number on the screen", () => {
  it.each([
    ["+447700900123", "+44 7700 900123"],
    ["+442079460011", "+44 20 7946 0011"],
    ["+8613800138000", "+86 138 0013 8000"],
    ["+861065530011", "+86 10 6553 0011"],
    ["+12025550123", "+1 202 555 0123"],
    ["+33142685300", "+33 1 42 68 53 00"],
  ])("%s is grouped", (plain, grouped) => {
    expect(groupedPhone(plain)).toBe(grouped);
  });

  it.each(["+44 7700 ***123", "1001", ""])("%s stays as it came", (text) => {
    expect(groupedPhone(text)).toBe(text);
  });

  it("never loses a digit and never leaves one alone at the end", () => {
    for (let length = 7; length <= 15; length += 1)
      for (const start of ["1", "7", "44", "86", "353", "998"]) {
        const plain = `+${start}${"0123456789".repeat(2).slice(0, length - start.length)}`;
        const grouped = groupedPhone(plain);
        expect(grouped.replaceAll(" ", "")).toBe(plain);
        expect(grouped.split(" ").at(-1)?.length).toBeGreaterThan(1);
      }
  });
});
