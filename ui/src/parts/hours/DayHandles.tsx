import { type PointerEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CallingHours } from "@/api/model";
import styles from "./DayBand.module.css";
import { Drag, type Hold } from "./drag";
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
 * Drags of a finger, a pen or the main button of a mouse. One called off, as when a finger turned out to scroll the
 * page, leaves the hours as they were.
 */
function useDrag({ value, onChange }: Props) {
  const [drag] = useState(() => new Drag());
  const change = (hours: CallingHours | null) => {
    if (hours) onChange(hours);
  };
  const take = (event: PointerEvent<HTMLElement>) => {
    const { pointerId, clientX, currentTarget } = event;
    if (event.button !== 0 || !event.isPrimary) return;
    const hold = { pointer: pointerId, on: currentTarget, x: clientX, minute: minuteAt(event), hours: value };
    if (drag.take(hold)) currentTarget.setPointerCapture(pointerId);
  };
  const release = ({ pointerId }: PointerEvent) => drag.release(pointerId);
  return {
    draw: ({ pointerId, currentTarget }: PointerEvent, from: (hold: Hold) => CallingHours) =>
      change(drag.draw({ pointer: pointerId, on: currentTarget }, from)),
    ends: {
      onPointerDown: take,
      onPointerUp: release,
      onLostPointerCapture: release,
      onPointerCancel: ({ pointerId }: PointerEvent) => change(drag.callOff(pointerId)),
    },
  };
}

/** Lies below the handles: pressed and drawn on where the day is open, it makes a no-dial period. */
function Sheet(props: Props) {
  const { draw, ends } = useDrag(props);
  const move = (event: PointerEvent<HTMLElement>) => {
    const to = minuteAt(event);
    draw(event, ({ hours, minute }) => drawn(hours, minute, to));
  };
  return <span className={styles.sheet} {...ends} onPointerMove={move} />;
}

const keyOf = ({ hold }: Handle): string => `${hold.of}${"period" in hold ? hold.period : ""}`;

function Handles(props: Props) {
  const { t } = useTranslation();
  const { draw, ends } = useDrag(props);
  const move = (event: PointerEvent<HTMLElement>, { hold }: Handle) => {
    const band = event.currentTarget.parentElement;
    if (!band) return;
    draw(event, ({ x, hours }) => dragged(hours, hold, ((event.clientX - x) / band.clientWidth) * DAY));
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
