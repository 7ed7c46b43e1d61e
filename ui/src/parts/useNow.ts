import { useSyncExternalStore } from "react";

/**
 * One clock for the whole page, so that all relative times move together. It rests while nobody looks: with the time
 * moves what is asked of the server.
 */
export function clock(everyMs: number) {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = () => {
    if (document.visibilityState === "hidden") return;
    now = Date.now();
    for (const tell of listeners) tell();
  };
  return {
    subscribe(listener: () => void) {
      if (listeners.size === 0) {
        now = Date.now();
        timer = setInterval(tick, everyMs);
        document.addEventListener("visibilitychange", tick);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        document.removeEventListener("visibilitychange", tick);
      };
    },
    read: () => now,
  };
}

const seconds = clock(1_000);
const quarters = clock(15_000);

export const useNowBySecond = (): number => useSyncExternalStore(seconds.subscribe, seconds.read);
export const useNow = (): number => useSyncExternalStore(quarters.subscribe, quarters.read);
