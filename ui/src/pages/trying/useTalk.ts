import { useCallback, useEffect, useReducer, useRef } from "react";
import { asProblem } from "@/api/problem";
import { CallSound, letGo, loudness, NoSoundError, openMicrophone } from "./audio/sound";
import { TalkLine } from "./talk-line";
import { after, START, type State, type TalkFailure } from "./talk-state";
import type { Tried } from "./tried";

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
  const [state, dispatch] = useReducer(after, START);
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
    hangUp: () => {
      line.current?.hangUp();
      dispatch({ type: "left" });
    },
  };
}
