import { expect, it } from "vitest";
import type { Line, ScriptDetail, Task, TaskChoices } from "@/api/model";
import { Problem, unreachable } from "@/api/problem";
import { copyOf, isGone, nextName } from "./copying";
import { bodyOf, type Wishes } from "./wishes";

const choices = {
  seats_total: 8,
  seats_free: 3,
  policy_groups: [{ id: "g", name: "South", lines: 2, channels: 9 }],
} as unknown as TaskChoices;
const script = { id: "s", archived: false, published: { number: 2 } } as unknown as ScriptDetail;
const task = {
  name: "Spring",
  script: { id: "s", name: "Check-up", version: 1 },
  arms: [],
  outbound: "fixed",
  lines: [{ id: "a", name: "Line A" }],
  policy_group: null,
  seats: 4,
  mode: "multi",
  concurrency: 7,
  lost_limit_percent: 2,
  hold_s: 3,
  start_mode: "automatic",
  calling_hours: null,
  redial: { busy: { interval_h: "0.5", tries: 2 } },
  purpose: "service",
  scramble: true,
  needs_crowd: false,
  hang_up_message: { template_id: "m", template_name: "Thanks", grades: ["A"] },
  push: { how: "in_turn", assigns: true, pushers: { A: ["u"] } },
} as unknown as Task;
const present = {
  choices,
  lines: [{ id: "a", kind: "fixed" }] as Line[],
  scripts: [script],
  names: new Set(["Spring"]),
};

it("keeps everything that is still possible, under a name of its own", () => {
  const { wishes, leftOut } = copyOf(task, present);
  expect(leftOut).toEqual([]);
  expect(bodyOf(wishes as Wishes)).toEqual({
    name: "Spring 2",
    script_id: "s",
    arms: [],
    outbound: "fixed",
    line_ids: ["a"],
    policy_group_id: null,
    seats: 4,
    mode: "multi",
    concurrency: 7,
    lost_limit_percent: 2,
    hold_s: 3,
    start_mode: "automatic",
    calling_hours: null,
    redial: { busy: { interval_h: 0.5, tries: 2 } },
    purpose: "service",
    scramble: true,
    needs_crowd: false,
    hang_up_message: { template_id: "m", grades: ["A"] },
    push: { how: "in_turn", assigns: true, pushers: { A: ["u"] } },
  });
});

it("leaves out what is gone, and says what", () => {
  const old = {
    ...task,
    outbound: "group",
    lines: [],
    policy_group: { id: "x", name: "North" },
    seats: 9,
  } as Task;
  const archived = { ...script, archived: true };
  const { wishes, leftOut } = copyOf(old, { ...present, scripts: [archived] });
  expect(leftOut).toEqual([
    { what: "script", name: "Check-up" },
    { what: "group", name: "North" },
    { what: "seats", name: "9" },
  ]);
  expect([wishes.script_id, wishes.policy_group_id, wishes.seats]).toEqual([undefined, null, 3]);
  expect(copyOf(task, { ...present, lines: [{ id: "a", kind: "mobile" } as Line] }).leftOut).toEqual([
    { what: "line", name: "Line A" },
  ]);
});

it("counts on until a name is free", () => {
  expect(nextName("Spring", new Set())).toBe("Spring 2");
  expect(nextName("Spring 2", new Set(["Spring 3"]))).toBe("Spring 4");
  expect(nextName("春".repeat(200), new Set())).toHaveLength(200);
});

it("leaves out only what is gone, not what could not be asked for", () => {
  expect(isGone(new Problem(404, { code: "not-found" }))).toBe(true);
  expect(isGone(unreachable())).toBe(false);
  expect(isGone(new Problem(503, { code: "database-unavailable" }))).toBe(false);
});
