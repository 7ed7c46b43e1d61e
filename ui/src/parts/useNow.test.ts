import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { clock } from "./useNow";

class Page extends EventTarget {
  visibilityState = "visible";

  turn(visibilityState: string): void {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("rests while the page is hidden, and is right again as soon as it is looked at", () => {
  const page = new Page();
  vi.stubGlobal("document", page);
  const { subscribe, read } = clock(1_000);
  const told: number[] = [];
  const leave = subscribe(() => told.push(read()));
  vi.advanceTimersByTime(2_000);
  page.turn("hidden");
  vi.advanceTimersByTime(60_500);
  page.turn("visible");
  expect(told).toEqual([1_000, 2_000, 62_500]);
  leave();
  page.turn("visible");
  vi.advanceTimersByTime(5_000);
  expect(told).toHaveLength(3);
});
