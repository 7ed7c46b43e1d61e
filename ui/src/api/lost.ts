import { asProblem } from "./problem";

const TRIES = 3;

/** Whether to send once more what carries a key: the answer was lost, and it may or may not have arrived. */
export const whenLost = (failures: number, error: unknown): boolean =>
  failures < TRIES - 1 && asProblem(error).code === "unreachable";
