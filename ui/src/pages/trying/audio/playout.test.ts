import { describe, expect, it } from "vitest";
import { Playout } from "./playout";

const piece = (from: number, length = 4): Float32Array => Float32Array.from({ length }, (_, at) => from + at);

const taken = (playout: Playout, length: number): number[] => {
  const out = new Float32Array(length);
  playout.take(out);
  return [...out];
};

describe("playing what comes unevenly", () => {
  it("gathers a little before it begins, and again after a gap", () => {
    const playout = new Playout(8, 40);
    playout.put(piece(1));
    expect(taken(playout, 3)).toEqual([0, 0, 0]);
    playout.put(piece(5));
    expect(taken(playout, 3)).toEqual([1, 2, 3]);
    expect(taken(playout, 6)).toEqual([4, 5, 6, 7, 8, 0]);
    playout.put(piece(9));
    expect(taken(playout, 2)).toEqual([0, 0]);
  });

  it("lets the oldest go where too much waits", () => {
    const playout = new Playout(8, 16);
    for (const from of [1, 5, 9, 13, 17]) playout.put(piece(from));
    expect(playout.length).toBe(8);
    expect(taken(playout, 8)).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  });
});
