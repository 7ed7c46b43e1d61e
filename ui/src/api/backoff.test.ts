import { expect, it } from "vitest";
import { backoffMs } from "./backoff";

it("waits longer after each failure, up to a ceiling, and never all at once", () => {
  const longest = [1, 2, 3, 4, 5, 6, 20].map((failures) => backoffMs(failures, 1));
  expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  expect(backoffMs(3, 0)).toBe(1_000);
});
