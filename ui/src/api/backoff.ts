const FIRST_MS = 500;
const CEILING_MS = 15_000;

/**
 * How long to wait before the next attempt to connect, in ms, after `failures` in a row.
 * Doubles up to a ceiling; half of it is drawn by `chance` (0..1), so that many browsers don't come back at once.
 */
export function backoffMs(failures: number, chance: number): number {
  const full = Math.min(CEILING_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full / 2 + (full / 2) * chance);
}
