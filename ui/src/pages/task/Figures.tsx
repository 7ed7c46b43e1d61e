import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { count, percent } from "@/parts/numbers";
import { Panel } from "@/parts/Panel";
import { clockLength, exactTime, hourAndMinute } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import styles from "./TaskPage.module.css";

interface FigureProps {
  name: string;
  value: ReactNode;
  note?: ReactNode;
  hint?: string;
}

function Figure({ name, value, note, hint }: FigureProps) {
  return (
    <div className={styles.figure} title={hint}>
      <dt className={styles.figureName}>{name}</dt>
      <dd style={{ margin: 0 }}>
        <div className={styles.figureValue}>{value}</div>
        <div className={styles.figureNote}>{note}</div>
      </dd>
    </div>
  );
}

/** The moment the task ends or ended, with the words that say which of the two. */
function useEnding(task: Task) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { finished_at, finishing_about } = task.progress;
  const at = finished_at ?? finishing_about;
  return {
    name: finished_at ? t("figure.finished") : t("figure.finishing"),
    value: at ? hourAndMinute(at, locale) : "–",
    note: at && !finished_at ? t("figure.atThisPace") : "",
    hint: at ? exactTime(at, locale) : undefined,
  };
}

/** The task in one row of figures. */
export function Figures({ task }: { task: Task }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { progress } = task;
  const number = (value: number) => count(value, locale);
  const seconds = (ms: number) =>
    t("figure.seconds", { value: (ms / 1000).toLocaleString(locale, { maximumFractionDigits: 2 }) });
  const reply = progress.reply_ms;
  return (
    <Panel padded={false}>
      <dl className={styles.figures} style={{ margin: 0 }}>
        <Figure
          name={t("figure.called")}
          value={number(progress.called)}
          note={t("figure.ofAll", { customers: number(progress.customers) })}
        />
        <Figure
          name={t("figure.connected")}
          value={percent(progress.connected, progress.called, locale)}
          note={t("figure.connectedCalls", { count: progress.connected })}
        />
        <Figure
          name={t("figure.seats")}
          value={`${number(progress.seats_in_use)} / ${number(progress.seats)}`}
          note={t("figure.seatsNote")}
        />
        <Figure
          name={t("figure.reply")}
          value={reply ? seconds(reply.p50) : "–"}
          note={reply ? t("figure.slowest", { value: seconds(reply.p95) }) : ""}
          hint={t("figure.replyHint")}
        />
        <Figure
          name={t("figure.talk")}
          value={clockLength(progress.talk_ms)}
          note={
            progress.connected > 0
              ? t("figure.perCall", { value: clockLength(progress.talk_ms / progress.connected) })
              : ""
          }
        />
        <Figure {...useEnding(task)} />
      </dl>
    </Panel>
  );
}
