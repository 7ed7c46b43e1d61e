import { describe, expect, it } from "vitest";
import { clockLength, elsewhere, friendlyTime, hourAndMinute, momentWords } from "./times";

describe("a length", () => {
  it.each([
    [0, "0:00"],
    [999, "0:00"],
    [65_000, "1:05"],
    [3_723_000, "1:02:03"],
    [-5, "0:00"],
  ])("of %i ms reads %s", (ms, words) => {
    expect(clockLength(ms)).toBe(words);
  });
});

describe("a moment", () => {
  const now = Date.parse("2026-05-04T12:00:00Z");
  it("is relative within a day", () => {
    expect(friendlyTime("2026-05-04T11:55:00Z", now, "en")).toContain("5 min");
    expect(friendlyTime("2026-05-04T09:00:00Z", now, "en")).toContain("3 hr");
    expect(friendlyTime("2026-05-04T14:00:00Z", now, "zh-CN")).toContain("2");
  });
  it("is now where the page's clock only lags behind", () => {
    expect(friendlyTime("2026-05-04T12:00:09Z", now, "en")).toBe("now");
  });
  it("is a date further off, with the year where it is another one", () => {
    expect(friendlyTime("2026-04-01T09:00:00Z", now, "en")).toContain("Apr");
    expect(friendlyTime("2026-04-01T09:00:00Z", now, "en")).not.toContain("2026");
    expect(friendlyTime("2025-12-01T09:00:00Z", now, "en")).toContain("2025");
  });
});

it("is told in another zone only where that one's clock differs", () => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(elsewhere("2026-05-04T12:00:00Z", here, "en")).toBeNull();
  expect(elsewhere("2026-05-04T12:00:00Z", "Pacific/Kiritimati", "en")).toContain("2:00:00");
  expect(elsewhere("2026-05-04T12:00:00Z", "America/New_York", "en")).toContain("(America/New York)");
});

it.each(["en", "zh-CN", "de"])("names midnight 00:00 in %s", (language) => {
  const midnight = new Date(2026, 4, 4, 0, 0).toISOString();
  const later = new Date(2026, 4, 6, 12, 0).getTime();
  expect(hourAndMinute(midnight, language)).toBe("00:00");
  expect(friendlyTime(midnight, later, language)).toContain("00:00");
  expect(momentWords(midnight, later, language)).toContain("00:00");
});
