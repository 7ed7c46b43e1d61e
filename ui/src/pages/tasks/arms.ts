import type { Arm } from "@/api/model";

export const MOST_ARMS = 4;
const WHOLE = 100;

/** A version to compare as the form holds it: which one is still to be chosen. */
export type ArmWish = Omit<Arm, "version"> & { version?: number };

/** The arms with one more, all of the same share as far as that comes to 100. */
export function withOneMore(arms: readonly ArmWish[], script_id: string): ArmWish[] {
  const more: ArmWish[] = [...arms, { script_id, share: 0 }];
  return evenly(more);
}

/** The arms without one; a single one is no comparison. */
export function without(arms: readonly ArmWish[], place: number): ArmWish[] {
  const rest = arms.filter((_, at) => at !== place);
  return rest.length < 2 ? [] : evenly(rest);
}

function evenly(arms: readonly ArmWish[]): ArmWish[] {
  const share = Math.floor(WHOLE / arms.length);
  return arms.map((arm, place) => ({
    ...arm,
    share: place === 0 ? WHOLE - share * (arms.length - 1) : share,
  }));
}

export const totalOf = (arms: readonly ArmWish[]): number => arms.reduce((sum, { share }) => sum + share, 0);

/** What stands against the choice: a code of `armFault`. */
export function faultOf(arms: readonly ArmWish[]): "version" | "twice" | "shares" | null {
  if (arms.some(({ version }) => version === undefined)) return "version";
  const names = new Set(arms.map(({ script_id, version }) => `${script_id} ${version}`));
  if (names.size < arms.length) return "twice";
  return arms.length > 0 && totalOf(arms) !== WHOLE ? "shares" : null;
}
