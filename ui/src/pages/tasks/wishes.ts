import type { CallingHours, Line, NewTask, Outbound, TaskChoices } from "@/api/model";

/** What the form holds: the body of the request, with the redials that are not wanted still in it. */
export type Wishes = NewTask;

export type Redialled =
  | "lost"
  | "busy"
  | "refused"
  | "no_answer"
  | "unreachable"
  | "voicemail"
  | "technical_fault";
export const REDIALLED: readonly Redialled[] = [
  "no_answer",
  "busy",
  "unreachable",
  "refused",
  "lost",
  "voicemail",
  "technical_fault",
];
export const OUTBOUND: readonly Outbound[] = ["fixed", "mobile", "pooled", "group"];

const FIRST_SEATS = 5;
/** Who hears of our technical problem is told that we call again. */
export const PROMISED = { interval_h: 0.5, tries: 1 };
const NOBODY = { how: "all", assigns: false, pushers: {} } as const;

export const firstWishes = (choices: TaskChoices): Partial<Wishes> => ({
  outbound: "fixed",
  seats: Math.max(1, Math.min(FIRST_SEATS, choices.seats_free || choices.seats_total)),
  mode: "plain",
  lost_limit_percent: 3,
  hold_s: 2,
  start_mode: "manual",
  calling_hours: null,
  redial: { technical_fault: PROMISED },
  purpose: "marketing",
  scramble: false,
  needs_crowd: false,
  push: NOBODY,
});

/** Whom the task tells, of the grades that have anybody; nothing where none has. */
function pushOf(push: Wishes["push"]): NewTask["push"] {
  const pushers = Object.fromEntries(
    Object.entries(push?.pushers ?? {}).filter(([, people]) => people?.length > 0),
  );
  if (!push || Object.keys(pushers).length === 0) return null;
  const how = push.how ?? "all";
  return { how, assigns: how === "in_turn" && (push.assigns ?? false), pushers };
}

/** Mobile lines take one AI seat each; every other way as many as are asked for. */
export const seatsOf = ({ outbound, line_ids = [], seats }: Partial<Wishes>): number =>
  outbound === "mobile" ? line_ids.length : (seats ?? 0);

/** The number of calls chosen for multi-concurrency, within its range; n + 1 until somebody chose. */
export const callsOf = (chosen: number | null | undefined, seats: number): number =>
  Math.min(Math.max(chosen ?? 0, seats + 1), 2 * seats);

/** The most calls at once that the wishes ask for. */
export function mostCalls(wishes: Partial<Wishes>, choices: TaskChoices): number {
  const seats = seatsOf(wishes);
  if (wishes.mode === "multi" && choices.multi) return callsOf(wishes.concurrency, seats);
  if (wishes.mode === "adaptive") return choices.adaptive_most;
  return seats;
}

/** How many calls the chosen way holds at once; nothing while none is chosen. */
export function channelsOf(
  wishes: Partial<Wishes>,
  lines: readonly Line[],
  choices: TaskChoices,
): number | null {
  if (wishes.outbound === "group")
    return choices.policy_groups.find(({ id }) => id === wishes.policy_group_id)?.channels ?? null;
  const chosen = lines.filter(({ id }) => wishes.line_ids?.includes(id));
  return chosen.length > 0 ? chosen.reduce((sum, { channels }) => sum + channels, 0) : null;
}

/** The body of the request: each way with its own fields alone. */
export function bodyOf(wishes: Wishes): NewTask {
  const grouped = wishes.outbound === "group";
  const seats = seatsOf(wishes);
  const mode = seats < 2 && wishes.mode === "multi" ? "plain" : wishes.mode;
  return {
    ...wishes,
    mode,
    line_ids: grouped ? [] : (wishes.line_ids ?? []),
    policy_group_id: grouped ? (wishes.policy_group_id ?? null) : null,
    seats: wishes.outbound === "mobile" ? null : seats,
    concurrency: mode === "multi" ? callsOf(wishes.concurrency, seats) : null,
    hang_up_message: wishes.hang_up_message?.template_id ? wishes.hang_up_message : null,
    push: pushOf(wishes.push),
  };
}

export const ownHours = (company: CallingHours): CallingHours => ({ ...company, no_dial: [], holidays: [] });
