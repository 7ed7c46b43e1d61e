import { useTranslation } from "react-i18next";
import type { DryRunAnswer as Answer } from "@/api/model";
import { count } from "@/parts/numbers";
import { CLOCK } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import styles from "./DryRun.module.css";
import { type Bar, barsOf } from "./dry-run-bars";

function useLabel(byDay: boolean): (bar: Bar) => string {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale, {
    month: "short",
    day: "numeric",
    ...(byDay ? {} : CLOCK),
  });
  return ({ at }) => format.format(at);
}

/** Calls by hour, or by day where there are many; each bar says its number, and the table is there for readers. */
export function DryRunCurve({ hours }: { hours: Answer["by_hour"] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { bars, byDay } = barsOf(hours);
  const label = useLabel(byDay);
  const largest = Math.max(1, ...bars.map(({ calls }) => calls));
  const title = t(byDay ? "dryRun.callsByDay" : "dryRun.callsByHour");
  const [first] = bars;
  const last = bars.at(-1);
  return (
    <section className={styles.section}>
      <h3>{title}</h3>
      <div className={styles.bars} aria-hidden>
        {bars.map((bar) => (
          <div
            key={bar.at.toISOString()}
            className={styles.column}
            title={t("dryRun.bar", { at: label(bar), calls: count(bar.calls, locale) })}
          >
            <div
              className={styles.bar}
              style={{ height: `${(bar.calls / largest) * 100}%`, minHeight: bar.calls > 0 ? 2 : 0 }}
            />
          </div>
        ))}
      </div>
      <div className={styles.axis} aria-hidden>
        <span>{first ? label(first) : ""}</span>
        <span>{t("dryRun.most", { calls: count(largest, locale) })}</span>
        <span>{last ? label(last) : ""}</span>
      </div>
      <table className="visually-hidden">
        <caption>{title}</caption>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.at.toISOString()}>
              <th scope="row">{label(bar)}</th>
              <td>{count(bar.calls, locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
