import { expect, it } from "vitest";
import type { Turn } from "@/api/model";
import { marksOf } from "./marks";
import { nextTurn, previousTurn, turnAt } from "./turns";

const turn = (number: number, from_ms: number, intent: string | null = null) =>
  ({
    number,
    from_ms,
    to_ms: from_ms + 900,
    who: "ai",
    text: "",
    intent,
    score: null,
    interrupted: false,
  }) as Turn;
const turns = [turn(1, 100), turn(2, 5_000, "asks_price"), turn(3, 9_000)];

it("knows which turn is being spoken", () => {
  expect([0, 100, 4_900, 4_950, 20_000].map((ms) => turnAt(turns, ms))).toEqual([-1, 0, 0, 1, 2]);
  expect(turnAt([], 5)).toBe(-1);
});

it("steps from turn to turn, back to its beginning first", () => {
  expect(nextTurn(turns, 0)?.number).toBe(1);
  expect(nextTurn(turns, 5_000)?.number).toBe(3);
  expect(nextTurn(turns, 9_500)).toBeUndefined();
  expect(previousTurn(turns, 5_400)?.number).toBe(1);
  expect(previousTurn(turns, 7_000)?.number).toBe(2);
  expect(previousTurn(turns, 0)?.number).toBe(1);
});

it("marks intents and barge-ins in the order of the call", () => {
  const events = [
    { number: 1, at_ms: 6_000, kind: "barge_in", data: {} },
    { number: 2, at_ms: 2_000, kind: "barge_in", data: {} },
    { number: 3, at_ms: 3_000, kind: "answered", data: {} },
  ];
  expect(marksOf({ transcript: turns, events }).map(({ kind, at_ms }) => [kind, at_ms])).toEqual([
    ["barge_in", 2_000],
    ["intent", 5_000],
    ["barge_in", 6_000],
  ]);
});
