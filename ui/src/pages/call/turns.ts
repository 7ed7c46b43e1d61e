import type { Turn } from "@/api/model";

/** Pressing "previous" this long into a turn goes back to its own beginning instead. */
const RESTART_AFTER_MS = 1_500;
/** A player lands a little before or after the moment it was sent to. */
const SLACK_MS = 60;

/** The place in `turns` of the one being spoken at `ms`, or last spoken; -1 before the first. */
export function turnAt(turns: readonly Turn[], ms: number): number {
  return turns.findLastIndex((turn) => turn.from_ms <= ms + SLACK_MS);
}

export function nextTurn(turns: readonly Turn[], ms: number): Turn | undefined {
  return turns[turnAt(turns, ms) + 1];
}

export function previousTurn(turns: readonly Turn[], ms: number): Turn | undefined {
  const here = turnAt(turns, ms);
  const current = turns[here];
  if (current && ms - current.from_ms > RESTART_AFTER_MS) return current;
  return turns[Math.max(0, here - 1)];
}
