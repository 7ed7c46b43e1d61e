import { useSyncExternalStore } from "react";

/** One clock for the whole page, so that all relative times move together. */
function clock(everyMs: number) {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    subscribe(listener: () => void) {
      if (listeners.size === 0) {
        now = Date.now();
        timer = setInterval(() => {
          now = Date.now();
          for (const tell of listeners) tell();
        }, everyMs);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    read: () => now,
  };
}

const seconds = clock(1_000);
const quarters = clock(15_000);

export const useNowBySecond = (): number => useSyncExternalStore(seconds.subscribe, seconds.read);
export const useNow = (): number => useSyncExternalStore(quarters.subscribe, quarters.read);
