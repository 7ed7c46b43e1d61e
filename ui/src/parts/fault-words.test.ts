import { describe, expect, it } from "vitest";
import { isFinished } from "./fault-words";

const refused = (state: string, act: string) => ({ code: "task-state", body: { state, act } });

describe("a task that is finished", () => {
  it("is told as such to whoever has customers for it", () => {
    expect(isFinished(refused("finished", "add_customers"))).toBe(true);
  });

  it("is not what keeps another task from being started, or this one from being paused", () => {
    expect(isFinished(refused("running", "start"))).toBe(false);
    expect(isFinished(refused("finished", "pause"))).toBe(false);
  });
});
