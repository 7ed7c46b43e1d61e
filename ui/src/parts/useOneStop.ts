import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from "react";

const STEPS: Record<string, (place: number, count: number) => number> = {
  ArrowDown: (place, count) => (place + 1) % count,
  ArrowRight: (place, count) => (place + 1) % count,
  ArrowUp: (place, count) => (place - 1 + count) % count,
  ArrowLeft: (place, count) => (place - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

interface OneStop<Of> {
  ref: RefObject<Of | null>;
  onFocus: (event: FocusEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** Makes the buttons of a toolbar one stop of the tab key; the arrow keys go from one to the next. */
export function useOneStop<Of extends HTMLElement>(): OneStop<Of> {
  const ref = useRef<Of>(null);
  const last = useRef<HTMLElement | null>(null);
  const buttons = () => [...(ref.current?.querySelectorAll<HTMLElement>("button:enabled") ?? [])];
  const settle = () => {
    const all = buttons();
    const stop = all.find((one) => one === last.current) ?? all[0];
    for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  };
  // Which of them can be pressed changes with what is drawn.
  useEffect(settle);
  return {
    ref,
    onFocus: ({ target }) => {
      last.current = target.closest<HTMLElement>("button");
      settle();
    },
    onKeyDown: (event) => {
      const step = STEPS[event.key];
      const all = buttons();
      const place = all.indexOf(document.activeElement as HTMLElement);
      if (!step || place < 0) return;
      event.preventDefault();
      all[step(place, all.length)]?.focus();
    },
  };
}
