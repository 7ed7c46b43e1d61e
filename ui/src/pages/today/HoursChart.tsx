import { useTranslation } from "react-i18next";
import type { HourOfDay, Today } from "@/api/today";
import { EmptyState } from "@/parts/EmptyState";
import { count } from "@/parts/numbers";
import { Panel } from "@/parts/Panel";
import { hourAndMinute } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { hoursShown, othersOf } from "./hours";
import styles from "./today.module.css";

const KINDS = ["connected", "lost", "others"] as const;
type Kind = (typeof KINDS)[number];

const amountOf = (hour: HourOfDay, kind: Kind): number => (kind === "others" ? othersOf(hour) : hour[kind]);

function useHourName(): (hour: number) => string {
  const locale = useLocale();
  return (hour) => hourAndMinute(new Date(2000, 0, 1, hour).toISOString(), locale);
}

function Column({ hour, largest }: { hour: HourOfDay; largest: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const name = useHourName();
  const words = KINDS.map((kind) => `${t(`today.${kind}`)}: ${count(amountOf(hour, kind), locale)}`);
  return (
    <div className={styles.column} title={[name(hour.hour), ...words].join("\n")}>
      <span className={styles.sum}>{hour.calls > 0 ? count(hour.calls, locale) : ""}</span>
      {/* From the top down: the connected calls stand on the line. */}
      {KINDS.toReversed().map((kind) => (
        <div
          key={kind}
          className={styles[kind]}
          style={{ height: `${(amountOf(hour, kind) / largest) * 100}%` }}
        />
      ))}
    </div>
  );
}

function Chart({ hours }: { hours: readonly HourOfDay[] }) {
  const largest = Math.max(1, ...hours.map(({ calls }) => calls));
  return (
    <div aria-hidden>
      <div className={styles.chart}>
        {hours.map((hour) => (
          <Column key={hour.hour} hour={hour} largest={largest} />
        ))}
      </div>
      <div className={styles.axis}>
        {hours.map(({ hour }) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
    </div>
  );
}

function Legend({ day }: { day: Today }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const whole: HourOfDay = { ...day, hour: 0 };
  return (
    <ul className={styles.legend} aria-hidden>
      {KINDS.map((kind) => (
        <li key={kind}>
          <span className={`${styles.key} ${styles[kind]}`} />
          {t(`today.${kind}`)} <b className="number">{count(amountOf(whole, kind), locale)}</b>
        </li>
      ))}
    </ul>
  );
}

/** The same for whoever doesn't see the chart. */
function Table({ title, hours }: { title: string; hours: readonly HourOfDay[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const name = useHourName();
  return (
    <table className="visually-hidden">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t("today.hour")}</th>
          {KINDS.map((kind) => (
            <th key={kind} scope="col">
              {t(`today.${kind}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hours.map((hour) => (
          <tr key={hour.hour}>
            <th scope="row">{name(hour.hour)}</th>
            {KINDS.map((kind) => (
              <td key={kind}>{count(amountOf(hour, kind), locale)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The day's calls by the hour, each column by how they ended. */
export function HoursChart({ day }: { day: Today }) {
  const { t } = useTranslation();
  const hours = hoursShown(day.hours);
  const whose = day.own ? "own" : "all";
  const title = t(`today.byHour.${whose}`);
  return (
    <Panel title={title} extra={hours.length > 0 ? <Legend day={day} /> : null}>
      {hours.length === 0 ? (
        <EmptyState title={t(`today.noCalls.${whose}`)} hint={t(`today.noCallsHint.${whose}`)} />
      ) : (
        <>
          <Chart hours={hours} />
          <Table title={title} hours={hours} />
        </>
      )}
    </Panel>
  );
}
