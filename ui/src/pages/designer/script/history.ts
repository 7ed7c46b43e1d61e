/** What can be undone. Changes of the same thing in quick succession count as one. */

export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What was changed last, and when (ms): the same again soon after joins it. */
  last: { key: string; at: number } | null;
}

const STEPS = 200;
const TOGETHER_MS = 1200;

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [], last: null });

/** Keeps `next` as a step of its own, unless it goes on with the change `key` that was made a moment ago. */
export function record<T>(history: History<T>, next: T, key: string, at: number): History<T> {
  if (next === history.present) return history;
  const { last } = history;
  const goesOn = key !== "" && last !== null && last.key === key && at - last.at < TOGETHER_MS;
  const past =
    goesOn && history.past.length > 0 ? history.past : [...history.past, history.present].slice(-STEPS);
  return { past, present: next, future: [], last: { key, at } };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    last: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...rest] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future: rest, last: null };
}
