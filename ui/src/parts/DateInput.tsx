import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type CSSProperties, type SyntheticEvent, useRef, useState } from "react";
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

/** Whether a day lies before the first or after the last that can be chosen. */
const isOutside = (day: dayjs.Dayjs | null | undefined, min: string | undefined, max: string | undefined) =>
  Boolean(day && ((min && day.isBefore(min, "day")) || (max && day.isAfter(max, "day"))));

/** A day, or a minute of one: typed as it stands there, or picked from the calendar in the person's language. */
export function DateInput({ value, onChange, time = false, min, max, ...rest }: Props) {
  const refused = useRef(false);
  // Once closed the picker goes back to `value`, which may not have come yet to what was typed.
  const open = useRef(false);
  const [left, setLeft] = useState(0);
  const keep = (picked: Picked) => {
    const day = Array.isArray(picked) ? picked[0] : picked;
    refused.current = isOutside(day, min, max);
    if (refused.current) return;
    onChange?.(day ? day.format(time ? "YYYY-MM-DDTHH:mm" : "YYYY-MM-DD") : "");
  };
  // The picker would go on showing what was refused.
  const leave = () => {
    if (refused.current) setLeft(left + 1);
    refused.current = false;
  };
  // The picker itself takes an emptied field for one left as it was.
  const empty = ({ target }: SyntheticEvent) => {
    if (value && target instanceof HTMLInputElement && target.value === "") onChange?.("");
  };
  return (
    <span className={styles.whole} onInput={empty}>
      <DatePicker
        key={left}
        {...rest}
        value={dayOf(value) ?? null}
        minDate={dayOf(min)}
        maxDate={dayOf(max)}
        format={time ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD"}
        showTime={time ? { format: "HH:mm" } : false}
        needConfirm={false}
        classNames={{ popup: { root: styles.popup } }}
        onChange={keep}
        onBlur={leave}
        // What is typed counts once it is a day, without leaving the field.
        onCalendarChange={(picked) => {
          if (open.current) keep(picked);
        }}
        onOpenChange={(opened) => {
          open.current = opened;
        }}
      />
    </span>
  );
}
