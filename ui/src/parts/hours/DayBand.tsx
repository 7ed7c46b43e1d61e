import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CallingHours } from "@/api/model";
import styles from "./DayBand.module.css";
import { DAY, dayOf, openWords } from "./hours";

const TICKS = [0, 6, 12, 18, 24];

interface Props {
  hours: readonly CallingHours[];
  /** What can be dragged on it. */
  handles?: ReactNode;
  of?: "calls" | "messages";
}

/** An ordinary day drawn as a band: when people are called, and when not. */
export function DayBand({ hours, handles, of = "calls" }: Props) {
  const { t } = useTranslation();
  const open = openWords(hours);
  return (
    <figure className={styles.figure}>
      <div className={styles.band} aria-hidden>
        {dayOf(hours).map(({ from, to, kind }) => (
          <div
            key={from}
            className={styles[kind === "no-dial" ? "noDial" : kind]}
            style={{ insetInlineStart: `${(from / DAY) * 100}%`, width: `${((to - from) / DAY) * 100}%` }}
            title={t(`dayBand.${kind}`)}
          />
        ))}
        {handles}
      </div>
      <div className={styles.ticks} aria-hidden>
        {TICKS.map((hour) => (
          <span key={hour}>{hour}:00</span>
        ))}
      </div>
      <figcaption className={styles.words}>
        {open ? t(`hoursOf.${of}.words`, { open }) : t("dayBand.never")}
      </figcaption>
    </figure>
  );
}
