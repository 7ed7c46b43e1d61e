import { useCallback, useEffect, useReducer, useRef } from "react";
import { asProblem, Problem } from "@/api/problem";
import { CallSound, letGo, loudness, type NoSound, NoSoundError, openMicrophone } from "./audio/sound";
import { type EndedTalk, type ReachedStep, type SpokenTurn, type TalkEvent, TalkLine } from "./talk-line";
import type { Tried } from "./tried";

export type TalkStage = "idle" | "asking" | "preparing" | "talking" | "over" | "failed";

/** What the server closes with: nobody is signed in, or they may not. */
const SIGNED_OUT = 4401;
const FORBIDDEN = 4403;

export type TalkFailure =
  | { kind: "sound"; why: NoSound }
  | { kind: "refused"; problem: Problem }
  | { kind: "signedOut" | "forbidden" | "lost" };

interface State {
  stage: TalkStage;
  turns: readonly SpokenTurn[];
  path: readonly ReachedStep[];
  ended: EndedTalk | null;
  failure: TalkFailure | null;
}

type Act =
  | { type: "stage"; stage: "asking" | "preparing" }
  | { type: "failed"; failure: TalkFailure }
  | TalkEvent;

const START: State = { stage: "idle", turns: [], path: [], ended: null, failure: null };

const failed = (state: State, failure: TalkFailure): State => ({ ...state, stage: "failed", failure });

function closed(state: State, code: number): State {
  if (state.stage === "over" || state.stage === "failed") return state;
  if (code === SIGNED_OUT) return failed(state, { kind: "signedOut" });
  return failed(state, { kind: code === FORBIDDEN ? "forbidden" : "lost" });
}

function reduce(state: State, act: Act): State {
  switch (act.type) {
    case "stage":
      return act.stage === "asking" ? { ...START, stage: "asking" } : { ...state, stage: act.stage };
    case "failed":
      return failed(state, act.failure);
    case "answered":
      return { ...state, stage: "talking" };
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

export interface TalkState extends State {
  /** How loud the microphone is, 0 to 1; told many times a second. */
  onLevel: (listener: (level: number) => void) => () => void;
  start: () => void;
  press: (digit: string) => void;
  hangUp: () => void;
}

const failureOf = (error: unknown): TalkFailure =>
  error instanceof NoSoundError
    ? { kind: "sound", why: error.why }
    : { kind: "refused", problem: asProblem(error) };

/** A talk with a script by microphone, from the first click to its grade. Leaving the page hangs up. */
export function useTalk(tried: Tried): TalkState {
  const [state, dispatch] = useReducer(reduce, START);
  const line = useRef<TalkLine | null>(null);
  const sound = useRef<CallSound | null>(null);
  const listeners = useRef(new Set<(level: number) => void>());
  const gone = useRef(false);

  const end = useCallback(() => {
    sound.current?.close();
    sound.current = null;
    line.current?.close();
    line.current = null;
  }, []);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      end();
    };
  }, [end]);
  useEffect(() => {
    if (state.stage === "over" || state.stage === "failed") end();
  }, [state.stage, end]);

  const begin = async () => {
    const stream = await openMicrophone();
    try {
      await tried.settle();
    } catch (error) {
      letGo(stream);
      throw error;
    }
    const opened = await CallSound.open(stream);
    if (gone.current) {
      opened.close();
      return;
    }
    sound.current = opened;
    dispatch({ type: "stage", stage: "preparing" });
    const connected = new TalkLine(
      { script_id: tried.scriptId, variables: tried.variables },
      opened,
      dispatch,
    );
    line.current = connected;
    opened.onframe = (frame) => {
      const level = loudness(frame);
      for (const listener of listeners.current) listener(level);
      connected.send(frame);
    };
  };
  const start = () => {
    dispatch({ type: "stage", stage: "asking" });
    begin().catch((error: unknown) => dispatch({ type: "failed", failure: failureOf(error) }));
  };
  const onLevel = useCallback((listener: (level: number) => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  return {
    ...state,
    onLevel,
    start,
    press: (digit) => line.current?.press(digit),
    hangUp: () => line.current?.hangUp(),
  };
}
