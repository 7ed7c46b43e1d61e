import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LiveSocket, type LiveState } from "./live";

/** A socket that does what the test says the server does. */
class Wire {
  static opened: Wire[] = [];
  onopen = () => {};
  onmessage = () => {};
  onclose: (event: { code: number }) => void = () => {};

  constructor() {
    Wire.opened.push(this);
  }

  close(): void {}
}

beforeEach(() => {
  Wire.opened = [];
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Wire);
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("location", { protocol: "https:", host: "callwright.test" });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function closedWith(code: number): LiveState[] {
  const states: LiveState[] = [];
  const socket = new LiveSocket({ message: () => {}, state: (state) => states.push(state) });
  socket.start();
  Wire.opened[0]?.onopen();
  Wire.opened[0]?.onclose({ code });
  vi.advanceTimersByTime(600_000);
  window.dispatchEvent(new Event("online"));
  socket.stop();
  return states;
}

it.each([
  [4401, "signed-out"],
  [4403, "forbidden"],
])("is over when the server closes with %i", (code, last) => {
  expect(closedWith(code)).toEqual(["connecting", "open", last]);
  expect(Wire.opened).toHaveLength(1);
});

it("comes back after any other end", () => {
  expect(closedWith(1006).slice(0, 4)).toEqual(["connecting", "open", "closed", "connecting"]);
});
