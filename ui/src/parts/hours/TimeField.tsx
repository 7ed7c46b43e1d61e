import { AutoComplete } from "antd";
import { useEffect, useState } from "react";
import { clock, shortTime } from "./hours";

const HALF_HOURS = Array.from({ length: 48 }, (_, half) => ({ value: clock(half * 30) }));
const TIME = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/;

interface Props {
  label: string;
  value: string;
  disabled: boolean;
  onChange: (time: string) => void;
}

/** A time of day by the 24-hour clock: typed, or picked from the half hours. What is no time is taken back. */
export function TimeField({ label, value, disabled, onChange }: Props) {
  const [text, setText] = useState(shortTime(value));
  useEffect(() => setText(shortTime(value)), [value]);
  const keep = (typed: string) => {
    const [, hours, minutes] = TIME.exec(typed.trim()) ?? [];
    if (!hours || !minutes) return setText(shortTime(value));
    onChange(`${hours.padStart(2, "0")}:${minutes}`);
  };
  return (
    <AutoComplete
      aria-label={label}
      style={{ width: 92 }}
      value={text}
      disabled={disabled}
      options={HALF_HOURS}
      onChange={(typed) => setText(typed ?? "")}
      onSelect={keep}
      onBlur={() => keep(text)}
    />
  );
}
