import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { CSSProperties } from "react";
import styles from "./DateInput.module.css";

interface Props {
  /** A day, "2026-03-01"; with `time` a minute of the reader's clock, "2026-03-01T09:30". Empty for none. */
  value?: string;
  onChange?: (value: string) => void;
  time?: boolean;
  /** The first and the last day that can be chosen. */
  min?: string;
  max?: string;
  disabled?: boolean;
  id?: string;
  style?: CSSProperties;
  "aria-label"?: string;
}

type Picked = dayjs.Dayjs | dayjs.Dayjs[] | null;

const dayOf = (value: string | undefined) => {
  const day = value ? dayjs(value) : undefined;
  return day?.isValid() ? day : undefined;
};

/** A day, or a minute of one: typed as it stands there, or picked from the calendar in the person's language. */
export function DateInput({ value, onChange, time = false, min, max, ...rest }: Props) {
  const keep = (picked: Picked) => {
    const day = Array.isArray(picked) ? picked[0] : picked;
    onChange?.(day ? day.format(time ? "YYYY-MM-DDTHH:mm" : "YYYY-MM-DD") : "");
  };
  return (
    <DatePicker
      {...rest}
      value={dayOf(value) ?? null}
      minDate={dayOf(min)}
      maxDate={dayOf(max)}
      format={time ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD"}
      showTime={time ? { format: "HH:mm" } : false}
      needConfirm={false}
      classNames={{ popup: { root: styles.popup } }}
      onChange={keep}
      // What is typed counts once it is a day, without leaving the field.
      onCalendarChange={keep}
    />
  );
}
