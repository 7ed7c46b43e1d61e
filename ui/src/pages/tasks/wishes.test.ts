import { expect, it } from "vitest";
import type { Line, TaskChoices } from "@/api/model";
import { bodyOf, callsOf, channelsOf, firstWishes, mostCalls, type Wishes } from "./wishes";

const choices = {
  seats_total: 8,
  seats_free: 3,
  multi: { lowest: 4, highest: 6 },
  adaptive_most: 6,
  policy_groups: [{ id: "g", name: "South", lines: 2, channels: 9 }],
} as unknown as TaskChoices;
const wishes = { ...firstWishes(choices), name: "T", script_id: "s", line_ids: ["a"] } as Wishes;
const lines = [
  { id: "a", channels: 4 },
  { id: "b", channels: 1 },
] as Line[];

it("begins with seats that are free, one call a seat", () => {
  expect(wishes.seats).toBe(3);
  expect(mostCalls(wishes, choices)).toBe(3);
  expect(bodyOf(wishes)).toMatchObject({
    seats: 3,
    concurrency: null,
    policy_group_id: null,
    line_ids: ["a"],
  });
});

it("keeps multi-concurrency between n + 1 and 2n", () => {
  expect([callsOf(null, 3), callsOf(2, 3), callsOf(5, 3), callsOf(9, 3)]).toEqual([4, 4, 5, 6]);
  expect(bodyOf({ ...wishes, mode: "multi" }).concurrency).toBe(4);
});

it("takes a seat for each mobile line and asks for none beside", () => {
  const mobile: Wishes = { ...wishes, outbound: "mobile", line_ids: ["a", "b"] };
  expect(bodyOf(mobile).seats).toBeNull();
  expect(mostCalls(mobile, choices)).toBe(2);
  expect(channelsOf(mobile, lines, choices)).toBe(5);
});

it("sends a policy group without lines", () => {
  const grouped: Wishes = { ...wishes, outbound: "group", policy_group_id: "g" };
  expect(bodyOf(grouped)).toMatchObject({ line_ids: [], policy_group_id: "g" });
  expect(channelsOf(grouped, lines, choices)).toBe(9);
});

it("tells people of the grades that have any, and gives customers away in turn alone", () => {
  const push = { how: "all", assigns: true } as const;
  expect(bodyOf(wishes).push).toBeNull();
  expect(bodyOf({ ...wishes, push: { ...push, pushers: { B: [] } } }).push).toBeNull();
  expect(bodyOf({ ...wishes, push: { ...push, pushers: { A: ["u"], B: [] } } }).push).toEqual({
    how: "all",
    assigns: false,
    pushers: { A: ["u"] },
  });
});
