import type { Clip } from "../script/edit";

/** What was copied last, to be pasted here or into another script opened afterwards. */
let held: Clip | null = null;

export const hold = (clip: Clip): void => {
  held = clip;
};

export const heldClip = (): Clip | null => held;
