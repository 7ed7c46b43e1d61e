import type { Dayjs } from "dayjs";
import { type SyntheticEvent, useEffect, useRef, useState } from "react";
import { type DayRules, isOutside, keptAs, shownAs } from "./days";

interface Refused {
  text: string;
  /** It was a day, and none that can be chosen. */
  outside: boolean;
}

const isField = (target: EventTarget): target is HTMLInputElement => target instanceof HTMLInputElement;

/**
 * What a field of a day keeps, and what was typed into it and isn't kept: once the field is left, or sent by Enter, the
 * picker has to show what is kept again.
 */
export function useDateField(
  value: string,
  onChange: ((value: string) => void) | undefined,
  { time = false, min, max }: DayRules,
) {
  // The value may come later than what is typed next.
  const kept = useRef(value);
  const typed = useRef<Refused | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [again, setAgain] = useState(false);
  useEffect(() => {
    kept.current = value;
    setRefused(null);
  }, [value]);
  useEffect(() => {
    if (again) setAgain(false);
  }, [again]);
  const tell = (next: string) => {
    kept.current = next;
    onChange?.(next);
  };
  const keep = (day: Dayjs | null | undefined) => {
    const outside = isOutside(day, { min, max });
    if (!outside) tell(keptAs(day, time));
    typed.current = outside && typed.current ? { ...typed.current, outside } : null;
  };
  const type = ({ target }: SyntheticEvent) => {
    if (!isField(target)) return;
    typed.current = { text: target.value, outside: false };
    setRefused(null);
    // The picker itself takes an emptied field for one left as it was.
    if (kept.current && target.value === "") tell("");
  };
  const settle = ({ target }: SyntheticEvent) => {
    if (!isField(target) || !typed.current) return;
    if (typed.current.text !== shownAs(kept.current, time)) {
      setRefused(typed.current);
      setAgain(true);
    }
    typed.current = null;
  };
  return { again, refused, keep, type, settle };
}
