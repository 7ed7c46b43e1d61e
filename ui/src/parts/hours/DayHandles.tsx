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

/**
 * One drag at a time, of a finger, a pen or the main button of a mouse. One called off, as when a finger turned out to
 * scroll the page, leaves the hours as they were.
 */
function useDrag({ value, onChange }: Props) {
  const held = useRef<{ pointer: number; x: number; minute: number; hours: CallingHours } | null>(null);
  const isHeld = ({ pointerId }: PointerEvent) => held.current?.pointer === pointerId;
  const take = (event: PointerEvent<HTMLElement>) => {
    if (held.current || event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = { pointer: event.pointerId, x: event.clientX, minute: minuteAt(event), hours: value };
  };
  const release = (event: PointerEvent) => {
    if (isHeld(event)) held.current = null;
  };
  const callOff = (event: PointerEvent) => {
    if (held.current && isHeld(event)) onChange(held.current.hours);
    release(event);
  };
  return {
    /** Where the drag that goes on by this event began, and the hours as they were then. */
    begun: (event: PointerEvent) => (isHeld(event) ? held.current : null),
    ends: { onPointerDown: take, onPointerUp: release, onPointerCancel: callOff },
  };
}

/** Lies below the handles: pressed and drawn on where the day is open, it makes a no-dial period. */
function Sheet(props: Props) {
  const { begun, ends } = useDrag(props);
  const draw = (event: PointerEvent<HTMLElement>) => {
    const from = begun(event);
    if (from) props.onChange(drawn(from.hours, from.minute, minuteAt(event)));
  };
  return <span className={styles.sheet} {...ends} onPointerMove={draw} />;
}

const keyOf = ({ hold }: Handle): string => `${hold.of}${"period" in hold ? hold.period : ""}`;

function Handles(props: Props) {
  const { t } = useTranslation();
  const { begun, ends } = useDrag(props);
  const move = (event: PointerEvent<HTMLElement>, { hold }: Handle) => {
    const band = event.currentTarget.parentElement;
    const from = begun(event);
    if (!from || !band) return;
    const by = ((event.clientX - from.x) / band.clientWidth) * DAY;
    props.onChange(dragged(from.hours, hold, by));
  };
  return handlesOf(props.value).map((handle) => (
    <span
      key={keyOf(handle)}
      data-hold={handle.hold.of}
      className={handle.hold.of === "period" ? styles.heldPeriod : styles.heldEnd}
      style={{
        insetInlineStart: `${(handle.from / DAY) * 100}%`,
        width: handle.to > handle.from ? `${((handle.to - handle.from) / DAY) * 100}%` : undefined,
      }}
      title={t("dayBand.drag")}
      {...ends}
      onPointerMove={(event) => move(event, handle)}
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
