import { type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CallingHours } from "@/api/model";
import styles from "./DayBand.module.css";
import { dragged, drawn, type Handle, handlesOf } from "./dragging";
import { DAY } from "./hours";

interface Props {
  value: CallingHours;
  onChange: (hours: CallingHours) => void;
}

/** Where a pointer is on the day, in minutes. */
function minuteAt({ clientX, currentTarget }: PointerEvent<HTMLElement>): number {
  const { left, width } = currentTarget.getBoundingClientRect();
  return ((clientX - left) / width) * DAY;
}

/** Lies below the handles: pressed and drawn on where the day is open, it makes a no-dial period. */
function Sheet({ value, onChange }: Props) {
  const begun = useRef<{ minute: number; hours: CallingHours } | null>(null);
  const release = () => {
    begun.current = null;
  };
  return (
    <span
      className={styles.sheet}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        begun.current = { minute: minuteAt(event), hours: value };
      }}
      onPointerMove={(event) => {
        if (begun.current) onChange(drawn(begun.current.hours, begun.current.minute, minuteAt(event)));
      }}
      onPointerUp={release}
      onPointerCancel={release}
    />
  );
}

const keyOf = ({ hold }: Handle): string => `${hold.of}${"period" in hold ? hold.period : ""}`;

function Handles({ value, onChange }: Props) {
  const { t } = useTranslation();
  /** Where the pointer went down, and the hours as they were then. */
  const held = useRef<{ x: number; hours: CallingHours } | null>(null);
  const take = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { x: event.clientX, hours: value };
  };
  const move = (event: PointerEvent<HTMLElement>, { hold }: Handle) => {
    const band = event.currentTarget.parentElement;
    if (!held.current || !band) return;
    const by = ((event.clientX - held.current.x) / band.clientWidth) * DAY;
    onChange(dragged(held.current.hours, hold, by));
  };
  const release = () => {
    held.current = null;
  };
  return handlesOf(value).map((handle) => (
    <span
      key={keyOf(handle)}
      data-hold={handle.hold.of}
      className={handle.hold.of === "period" ? styles.heldPeriod : styles.heldEnd}
      style={{
        insetInlineStart: `${(handle.from / DAY) * 100}%`,
        width: handle.to > handle.from ? `${((handle.to - handle.from) / DAY) * 100}%` : undefined,
      }}
      title={t("dayBand.drag")}
      onPointerDown={take}
      onPointerMove={(event) => move(event, handle)}
      onPointerUp={release}
      onPointerCancel={release}
    />
  ));
}

/** What of a drawn day can be dragged, and drawn on; whoever uses no pointer has the fields above it. */
export const DayHandles = (props: Props) => (
  <>
    <Sheet {...props} />
    <Handles {...props} />
  </>
);
