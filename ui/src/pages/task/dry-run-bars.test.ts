import { describe, expect, it } from "vitest";
import { barsOf } from "./dry-run-bars";

const hour = (at: string, calls: number) => ({ at, calls, cost: 0 });

describe("barsOf", () => {
  it("has a bar for every hour, also for those without a call", () => {
    const { bars, byDay } = barsOf([hour("2026-03-02T10:00:00Z", 5), hour("2026-03-02T13:00:00Z", 2)]);
    expect(byDay).toBe(false);
    expect(bars.map(({ calls }) => calls)).toEqual([5, 0, 0, 2]);
  });

  it("tells many hours by day and loses no call", () => {
    const hours = Array.from({ length: 200 }, (_, place) =>
      hour(new Date(Date.UTC(2026, 2, 2, place)).toISOString(), place),
    );
    const { bars, byDay } = barsOf(hours);
    expect(byDay).toBe(true);
    expect(bars.length).toBeLessThan(12);
    expect(bars.reduce((sum, { calls }) => sum + calls, 0)).toBe((199 * 200) / 2);
  });

  it("has none where there is nothing", () => {
    expect(barsOf([]).bars).toEqual([]);
  });
});
