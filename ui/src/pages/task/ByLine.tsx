import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { HourOfLine, LineTotals, Task } from "@/api/model";
import { queries } from "@/api/queries";
import { useMe } from "@/app/session";
import { count, money, percent } from "@/parts/numbers";
import { Panel } from "@/parts/Panel";
import { clockLength, zoneName } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import styles from "./ByLine.module.css";
import { hoursOf, hoursShown } from "./hours-by-line";

const hourName = (hour: number, locale: string): string =>
  new Date(2000, 0, 1, hour).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });

/** One hour of a line: how many calls, and the darker the more of them were connected. */
function Cell({ found }: { found: HourOfLine | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (!found) return <td className={`${styles.hour} quiet`}>–</td>;
  const { calls, connected, lost } = found;
  const share = percent(connected, calls, locale);
  const words = t("byLine.cell", {
    calls: count(calls, locale),
    connected: count(connected, locale),
    share,
    lost: count(lost, locale),
  });
  const strength = Math.round((35 * connected) / calls);
  return (
    <td
      className={styles.hour}
      title={words}
      style={{ background: `color-mix(in srgb, var(--state-connected) ${strength}%, transparent)` }}
    >
      <span aria-hidden>
        {share}
        <br />
        <small>{count(calls, locale)}</small>
      </span>
      <span className="visually-hidden">{words}</span>
    </td>
  );
}

/** What the calls over a line brought and cost. */
function Totals({ of }: { of: LineTotals }) {
  const locale = useLocale();
  const { tenant } = useMe();
  const shown = [
    count(of.calls, locale),
    percent(of.connected, of.calls, locale),
    count(of.lost, locale),
    clockLength(of.talk_ms),
    money(of.spent, tenant.currency, locale),
  ];
  return shown.map((value, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the columns, always the same
    <td key={at} className={`number ${styles.total}`}>
      {value}
    </td>
  ));
}

/** Line by line what the task's calls came to, and how many were connected by the hour of the day. */
export function ByLine({ task }: { task: Task }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data } = useQuery(queries.taskHours(task.id, task.state === "running"));
  const { by_line } = task.progress;
  if (by_line.length === 0) return null;
  const found = data?.hours ?? [];
  const hours = hoursShown(found);
  const columns = ["calls", "connected", "lost", "talk", "cost"] as const;
  return (
    <Panel title={t("byLine.title")}>
      {data ? <p className="quiet">{t("byLine.hint", { zone: zoneName(data.time_zone) })}</p> : null}
      <div className={styles.scrolled}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("task.line")}</th>
              {columns.map((column) => (
                <th key={column} scope="col" className={styles.total}>
                  {t(`byLine.${column}`)}
                </th>
              ))}
              {hours.map((hour) => (
                <th key={hour} scope="col" className={`number ${styles.hour}`}>
                  {hourName(hour, locale)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {by_line.map((totals) => (
              <tr key={totals.line.id}>
                <th scope="row">{totals.line.name}</th>
                <Totals of={totals} />
                {hours.map((hour) => (
                  <Cell key={hour} found={hoursOf(found, totals.line.id).get(hour)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
