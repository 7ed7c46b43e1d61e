import { useTranslation } from "react-i18next";
import type { Progress, Task } from "@/api/model";
import { useMe } from "@/app/session";
import { Figure, FigureRow } from "@/parts/Figure";
import { count, money, percent } from "@/parts/numbers";
import { Panel } from "@/parts/Panel";
import { clockLength, exactTime, hourAndMinute } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";

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

/** Of how many customers, and where some of those done are never to be called, how many. */
function useDoneWords(): (progress: Progress) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ customers, called, done, do_not_call, denied }) => {
    const parts = [t("figure.ofAll", { customers: count(customers, locale) })];
    if (called < done) parts.push(t("figure.calledOfDone", { called: count(called, locale) }));
    if (do_not_call > 0) parts.push(t("figure.listedOfDone", { listed: count(do_not_call, locale) }));
    if (denied > 0) parts.push(t("figure.deniedOfDone", { denied: count(denied, locale) }));
    return parts.join(" · ");
  };
}

/** How many calls start a minute, beside the last hour's mean and what seats and calls at once allow. */
function PaceFigure({ pace }: { pace: Progress["pace"] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const rate = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 });
  const parts = [t("figure.paceHour", { rate: rate(pace.last_hour) })];
  if (pace.possible !== null) parts.push(t("figure.pacePossible", { rate: rate(pace.possible) }));
  return (
    <Figure
      name={t("figure.pace")}
      value={count(pace.last_minute, locale)}
      note={parts.join(" · ")}
      hint={t("figure.paceHint")}
    />
  );
}

const lostShare = (lost: number | null, locale: string): string =>
  lost === null
    ? "–"
    : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(lost / 100);

/** The task in one row of figures. */
export function Figures({ task }: { task: Task }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { progress } = task;
  const { tenant } = useMe();
  const doneWords = useDoneWords();
  const number = (value: number) => count(value, locale);
  const seconds = (ms: number) =>
    t("figure.seconds", { value: (ms / 1000).toLocaleString(locale, { maximumFractionDigits: 2 }) });
  const reply = progress.reply_ms;
  return (
    <Panel padded={false}>
      <FigureRow>
        <Figure
          name={t("figure.done")}
          value={number(progress.done)}
          note={doneWords(progress)}
          hint={t("figure.doneHint")}
        />
        <Figure
          name={t("figure.connected")}
          value={percent(progress.connected, progress.calls, locale)}
          note={t("figure.connectedCalls", {
            count: progress.connected,
            talk: clockLength(progress.talk_ms),
          })}
        />
        <Figure
          name={t("figure.left")}
          value={number(progress.uncalled + progress.waiting)}
          note={progress.waiting > 0 ? t("figure.leftNote", { waiting: number(progress.waiting) }) : ""}
          hint={t("figure.leftHint")}
        />
        <Figure
          name={t("figure.lost")}
          value={lostShare(progress.lost_percent, locale)}
          note={
            task.mode === "adaptive"
              ? t("figure.lostLimit", { limit: task.lost_limit_percent.toLocaleString(locale) })
              : t("figure.lostCalls", { count: progress.lost })
          }
          hint={t("figure.lostHint")}
          warns={task.mode === "adaptive" && (progress.lost_percent ?? 0) > task.lost_limit_percent}
        />
        {task.state === "finished" ? null : (
          <Figure
            name={t("figure.seats")}
            value={`${number(progress.seats_busy)} / ${number(progress.seats_reserved)}`}
            note={t("figure.seatsNote", { seats: number(progress.seats) })}
            hint={t("figure.seatsHint")}
          />
        )}
        {task.state === "running" || task.state === "paused" ? <PaceFigure pace={progress.pace} /> : null}
        <Figure
          name={t("figure.reply")}
          value={reply ? seconds(reply.p50) : "–"}
          note={reply ? t("figure.slowest", { value: seconds(reply.p95) }) : ""}
          hint={t("figure.replyHint")}
        />
        <Figure name={t("figure.spent")} value={money(progress.spent, tenant.currency, locale)} />
        <Figure {...useEnding(task)} />
      </FigureRow>
    </Panel>
  );
}
