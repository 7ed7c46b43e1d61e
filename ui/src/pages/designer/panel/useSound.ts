import { App } from "antd";
import { useEffect, useRef, useState } from "react";
import { asProblem } from "@/api/problem";
import { useProblemWords } from "@/parts/problem-words";

type State = "still" | "fetching" | "playing";

let stopLast: () => void = () => undefined;

/** Plays one sound at a time in the whole designer; a second press stops it. */
export function useSound() {
  const { message } = App.useApp();
  const words = useProblemWords();
  const [state, setState] = useState<State>("still");
  const ended = useRef(false);
  useEffect(() => {
    ended.current = false;
    return () => {
      ended.current = true;
    };
  }, []);
  const play = async (fetching: () => Promise<Blob | string>) => {
    stopLast();
    const audio = new Audio();
    let address = "";
    const still = () => {
      audio.pause();
      if (address.startsWith("blob:")) URL.revokeObjectURL(address);
      if (!ended.current) setState("still");
    };
    stopLast = still;
    setState("fetching");
    try {
      const sound = await fetching();
      address = typeof sound === "string" ? sound : URL.createObjectURL(sound);
      if (stopLast !== still) return;
      audio.src = address;
      audio.onended = still;
      await audio.play();
      setState("playing");
    } catch (error) {
      still();
      message.error(words(asProblem(error)).what);
    }
  };
  return { state, play, stop: () => stopLast() };
}
