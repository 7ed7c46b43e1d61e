import { describe, expect, it } from "vitest";
import { dayOf, isOutside, keptAs, ruleOf, shownAs } from "./days";

const MARCH = { min: "2026-03-01", max: "2026-03-31" };

describe("a day", () => {
  it("is shown as it is kept, with a time if it has one", () => {
    expect(keptAs(dayOf("2026-03-01"), false)).toBe("2026-03-01");
    expect(shownAs("2026-03-01", false)).toBe("2026-03-01");
    expect(keptAs(dayOf("2026-03-01T09:30"), true)).toBe("2026-03-01T09:30");
    expect(shownAs("2026-03-01T09:30", true)).toBe("2026-03-01 09:30");
    expect([keptAs(null, true), shownAs("", true)]).toEqual(["", ""]);
  });

  it("is outside before the first and after the last, but not on them", () => {
    const days = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"];
    expect(days.map((day) => isOutside(dayOf(day), MARCH))).toEqual([true, false, false, true]);
    expect(days.map((day) => isOutside(dayOf(day), {}))).toEqual([false, false, false, false]);
  });

  it("is refused by the rule that it breaks", () => {
    const { min, max } = MARCH;
    expect([MARCH, { min }, { max }].map((rules) => ruleOf(true, rules))).toEqual([
      "between",
      "from",
      "until",
    ]);
    expect([MARCH, { time: true }].map((rules) => ruleOf(false, rules))).toEqual(["day", "moment"]);
  });
});
