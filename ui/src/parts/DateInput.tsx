import { DatePicker } from "antd";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { type CSSProperties, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./DateInput.module.css";
import { dayOf, formatOf, ruleOf } from "./days";
import { useDateField } from "./useDateField";

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
  "aria-describedby"?: string;
}

type Picked = dayjs.Dayjs | dayjs.Dayjs[] | null;

const dayIn = (picked: Picked) => (Array.isArray(picked) ? picked[0] : picked);

/** A day, or a minute of one: typed as it stands there, or picked from the calendar in the person's language. */
export function DateInput({ value = "", onChange, time = false, min, max, ...rest }: Props) {
  const { t } = useTranslation();
  const rules = { min, max, time };
  const { again, refused, keep, type, settle } = useDateField(value, onChange, rules);
  // Once closed the picker goes back to `value`, which may not have come yet to what was typed.
  const open = useRef(false);
  const told = useId();
  const day = dayOf(value);
  // The picker shows anew only what has changed; while it has none, its own button, which may be focused, is gone.
  const other = (day ?? dayjs(0)).add(1, "day");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears of what happens in the picker's own field
    <span
      className={styles.whole}
      onInput={type}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === "Enter") settle(event);
      }}
    >
      <DatePicker
        {...rest}
        aria-describedby={[rest["aria-describedby"], refused && told].filter(Boolean).join(" ") || undefined}
        value={again ? other : day}
        minDate={dayOf(min) ?? undefined}
        maxDate={dayOf(max) ?? undefined}
        format={formatOf(time)}
        showTime={time ? { format: "HH:mm" } : false}
        needConfirm={false}
        classNames={{ popup: { root: styles.popup } }}
        onChange={(picked) => keep(dayIn(picked))}
        // What is typed counts once it is a day, without leaving the field.
        onCalendarChange={(picked) => {
          if (open.current) keep(dayIn(picked));
        }}
        onOpenChange={(opened) => {
          open.current = opened;
        }}
      />
      <span id={told} aria-live="polite" className={styles.rule}>
        {refused ? t(`dateRule.${ruleOf(refused.outside, rules)}`, { typed: refused.text, min, max }) : null}
      </span>
    </span>
  );
}
