import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { HourOfLine, Task } from "@/api/model";
import { queries } from "@/api/queries";
import { count, percent } from "@/parts/numbers";
import { Panel } from "@/parts/Panel";
import { useLocale } from "@/parts/useLocale";
import styles from "./HoursByLine.module.css";
import { hoursShown, linesOf } from "./hours-by-line";

const hourName = (hour: number, locale: string): string =>
  new Date(2000, 0, 1, hour).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });

/** One hour of a line: how many calls, and the darker the more of them were connected. */
function Cell({ found }: { found: HourOfLine | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (!found) return <td className="quiet">–</td>;
  const { calls, connected, lost } = found;
  const share = percent(connected, calls, locale);
  const words = t("byHour.cell", {
    calls: count(calls, locale),
    connected: count(connected, locale),
    share,
    lost: count(lost, locale),
  });
  const strength = Math.round((35 * connected) / calls);
  return (
    <td
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

/** How many calls were connected by the hour of the day and by line. */
export function HoursByLine({ task }: { task: Task }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const running = task.state === "running";
  const { data } = useQuery(queries.taskHours(task.id, running));
  if (!data || data.hours.length === 0) return null;
  const hours = hoursShown(data.hours);
  return (
    <Panel title={t("byHour.title")}>
      <p className="quiet">{t("byHour.hint", { zone: data.time_zone })}</p>
      <div className={styles.scrolled}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("task.line")}</th>
              {hours.map((hour) => (
                <th key={hour} scope="col" className="number">
                  {hourName(hour, locale)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {linesOf(data.hours).map(({ line, at }) => (
              <tr key={line.id}>
                <th scope="row">{line.name}</th>
                {hours.map((hour) => (
                  <Cell key={hour} found={at.get(hour)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
