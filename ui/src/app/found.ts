export interface Group {
  label: string;
  options: { value: string; label: string }[];
}

/** One list that was asked for what is typed, with what it found. */
export interface Asked extends Group {
  awaited: boolean;
  failed: boolean;
}

/**
 * What may be shown, as nothing may come in above what somebody is about to press: the lists before the first that is
 * awaited. Null while that is the very first.
 */
export function settledOf(asked: readonly Asked[]): Group[] | null {
  const awaited = asked.findIndex((one) => one.awaited);
  if (awaited === 0) return null;
  const settled = awaited < 0 ? asked : asked.slice(0, awaited);
  return settled
    .filter(({ options }) => options.length > 0)
    .map(({ label, options }) => ({ label, options }));
}

/** Whether all have answered, so that nothing found is nothing there. */
export const allAnswered = (asked: readonly Asked[]): boolean =>
  asked.every(({ awaited, failed }) => !awaited && !failed);
