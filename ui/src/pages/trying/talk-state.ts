import { Problem } from "@/api/problem";
import type { NoSound } from "./audio/sound";
import type { EndedTalk, ReachedStep, SpokenTurn, TalkEvent } from "./talk-line";

export type TalkStage = "idle" | "asking" | "preparing" | "talking" | "over" | "failed";

/** What the server closes with: nobody is signed in, or they may not. */
const SIGNED_OUT = 4401;
const FORBIDDEN = 4403;

export type TalkFailure =
  | { kind: "sound"; why: NoSound }
  | { kind: "refused"; problem: Problem }
  | { kind: "signedOut" | "forbidden" | "lost" };

export interface State {
  stage: TalkStage;
  turns: readonly SpokenTurn[];
  path: readonly ReachedStep[];
  ended: EndedTalk | null;
  failure: TalkFailure | null;
}

/** What changes a talk; `left`: the person hung up, of which the server tells more once the talk had begun. */
type Act =
  | { type: "stage"; stage: "asking" | "preparing" }
  | { type: "failed"; failure: TalkFailure }
  | { type: "left" }
  | TalkEvent;

export const START: State = { stage: "idle", turns: [], path: [], ended: null, failure: null };

const failed = (state: State, failure: TalkFailure): State => ({ ...state, stage: "failed", failure });

function closed(state: State, code: number): State {
  if (state.stage === "over" || state.stage === "failed") return state;
  if (code === SIGNED_OUT) return failed(state, { kind: "signedOut" });
  return failed(state, { kind: code === FORBIDDEN ? "forbidden" : "lost" });
}

/** The talk after something happened. */
export function after(state: State, act: Act): State {
  switch (act.type) {
    case "stage":
      return act.stage === "asking" ? { ...START, stage: "asking" } : { ...state, stage: act.stage };
    case "failed":
      return failed(state, act.failure);
    case "left":
      return state.stage === "preparing" ? { ...state, stage: "over" } : state;
    case "answered":
      return state.stage === "preparing" ? { ...state, stage: "talking" } : state;
    case "turn":
      return {
        ...state,
        turns: [...state.turns, act.turn].toSorted((one, two) => one.from_ms - two.from_ms),
      };
    case "step":
      return { ...state, path: [...state.path, act.step] };
    case "ended":
      // What the person went on saying may have taken back what was told before.
      return { ...state, stage: "over", turns: act.turns, path: act.path, ended: act };
    case "refused":
      return failed(state, {
        kind: "refused",
        problem: new Problem(act.status ?? 0, act),
      });
    case "closed":
      return closed(state, act.code);
  }
}
