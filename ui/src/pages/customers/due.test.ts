import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dueSpan } from "./due";

describe.each([
  ["Asia/Shanghai", "2026-03-03T16:00:00.000Z", "2026-03-04T16:00:00.000Z", "2026-03-01T16:00:00.000Z"],
  ["America/New_York", "2026-03-03T05:00:00.000Z", "2026-03-04T05:00:00.000Z", "2026-03-02T05:00:00.000Z"],
])("follow-ups by the clock of %s", (zone, today, tomorrow, monday) => {
  const now = new Date("2026-03-03T20:30:00Z");
  beforeEach(() => vi.stubEnv("TZ", zone));
  afterEach(() => void vi.unstubAllEnvs());
  it("of today are those of the reader's day", () => {
    expect(dueSpan("today", now)).toEqual({ due_since: today, due_before: tomorrow });
  });
  it("of this week begin on the reader's Monday", () => {
    expect(dueSpan("week", now).due_since).toBe(monday);
  });
  it("that are overdue are due in this minute or earlier", () => {
    const before = { due_before: "2026-03-03T20:31:00.000Z" };
    expect(dueSpan("overdue", now)).toEqual(before);
    expect(dueSpan("overdue", new Date("2026-03-03T20:30:59.999Z"))).toEqual(before);
  });
});

it("a week is seven of the reader's days, though the clocks are put forward in it", () => {
  vi.stubEnv("TZ", "Europe/Berlin");
  const { due_since, due_before } = dueSpan("week", new Date("2026-03-29T10:00:00Z"));
  expect([due_since, due_before]).toEqual(["2026-03-22T23:00:00.000Z", "2026-03-29T22:00:00.000Z"]);
  vi.unstubAllEnvs();
});

it("there are none for those who are not to be followed up", () => {
  expect(dueSpan("none", new Date())).toEqual({ due: false });
});
