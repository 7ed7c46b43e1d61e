import { type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CallingHours } from "@/api/model";
import styles from "./DayBand.module.css";
import { dragged, type Handle, handlesOf } from "./dragging";
import { DAY } from "./hours";

interface Props {
  value: CallingHours;
  onChange: (hours: CallingHours) => void;
}

const keyOf = ({ hold }: Handle): string => `${hold.of}${"period" in hold ? hold.period : ""}`;

/** What of a drawn day can be dragged; whoever uses no pointer has the fields above it. */
export function DayHandles({ value, onChange }: Props) {
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
