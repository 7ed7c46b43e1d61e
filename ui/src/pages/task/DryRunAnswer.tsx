import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { DryRunAnswer as Answer } from "@/api/model";
import { Figure, FigureRow } from "@/parts/Figure";
import { count, money } from "@/parts/numbers";
import { momentWords } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";
import styles from "./DryRun.module.css";
import { DryRunBarriers } from "./DryRunBarriers";
import { DryRunCurve } from "./DryRunCurve";

const PLACES: Partial<Record<string, string>> = { seats: "/ai-seats", lines: "/lines" };
const WAITS_SHOWN = 6;
/** An estimate has no smaller part: 10,000 millionths. */
const CENT = 10_000;

/** Words for moments and amounts, as this answer has them. */
function useWords({ currency }: Answer) {
  const locale = useLocale();
  const now = useNow();
  return {
    locale,
    number: (value: number) => count(value, locale),
    amount: (micros: number) => money(Math.round(micros / CENT) * CENT, currency, locale),
    moment: (iso: string) => momentWords(iso, now, locale),
  };
}

function Headline({ found }: { found: Answer }) {
  const { t } = useTranslation();
  const { moment, number } = useWords(found);
  const { finish } = found;
  if (!finish) return <p className={styles.sentence}>{t("dryRun.never")}</p>;
  const words = { at: moment(finish.typical), from: moment(finish.earliest), to: moment(finish.latest) };
  const counts = { called: number(found.reached_out), customers: number(found.customers) };
  return (
    <p className={styles.sentence}>
      {t(words.from === words.to ? "dryRun.finishes" : "dryRun.finishesBetween", words)}{" "}
      {t("dryRun.reaches", counts)}
    </p>
  );
}

function Figures({ found }: { found: Answer }) {
  const { t } = useTranslation();
  const { amount, number, locale } = useWords(found);
  const range = ({ least, most }: Answer["calls"], words: (value: number) => string) =>
    least === most ? "" : t("dryRun.range", { least: words(least), most: words(most) });
  const limit = found.lost_limit_percent;
  const percent = (value: number) =>
    new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value / 100);
  return (
    <FigureRow>
      <Figure
        name={t("dryRun.cost")}
        value={amount(found.cost.typical)}
        note={range(found.cost, amount)}
        warns={!found.covered}
      />
      <Figure
        name={t("dryRun.calls")}
        value={number(found.calls.typical)}
        note={range(found.calls, number)}
      />
      <Figure
        name={t("dryRun.connected")}
        value={number(found.connected.typical)}
        note={range(found.connected, number)}
      />
      <Figure
        name={t("dryRun.lost")}
        value={percent(found.lost_percent)}
        note={t("dryRun.lostCalls", { count: found.lost.typical, calls: number(found.lost.typical) })}
        warns={limit !== null && found.lost_percent > limit}
      />
      <Figure
        name={t("dryRun.seats")}
        value={found.seats_mean.toLocaleString(locale)}
        note={t("dryRun.seatsNote", { peak: number(found.seats_peak), seats: number(found.seats) })}
      />
    </FigureRow>
  );
}

function Warnings({ found }: { found: Answer }) {
  const { t } = useTranslation();
  const { amount, moment } = useWords(found);
  const blocked = found.waits.filter(({ until }) => until === null);
  const missing = amount(Math.max(0, found.cost.most - found.balance));
  return (
    <>
      {blocked.map(({ reason }) => (
        <Alert
          key={reason}
          type="warning"
          showIcon
          title={t(`dryRunBlocked.${reason as "seats" | "lines" | "nodes"}`)}
          description={PLACES[reason] ? <Link to={PLACES[reason]}>{t("waitRemedy.look")}</Link> : undefined}
        />
      ))}
      {found.covered ? null : (
        <Alert
          type="warning"
          showIcon
          title={
            found.runs_out_at
              ? t("dryRun.runsOut", { at: moment(found.runs_out_at), balance: amount(found.balance) })
              : t("dryRun.mayRunOut", { balance: amount(found.balance) })
          }
          description={t("dryRun.topUp", { missing })}
        />
      )}
    </>
  );
}

function Waits({ found }: { found: Answer }) {
  const { t } = useTranslation();
  const { moment } = useWords(found);
  const waits = found.waits.filter(({ until }) => until !== null);
  if (waits.length === 0) return null;
  return (
    <section className={styles.section}>
      <h3>{t("dryRun.waits")}</h3>
      <ul className={styles.waits}>
        {waits.slice(0, WAITS_SHOWN).map(({ reason, begins, until }) => (
          <li key={begins}>
            {t("dryRun.wait", {
              from: moment(begins),
              to: until ? moment(until) : "",
              why: t(`wait.${reason}`),
            })}
          </li>
        ))}
      </ul>
      {waits.length > WAITS_SHOWN ? (
        <p className="quiet">{t("dryRun.moreWaits", { count: waits.length - WAITS_SHOWN })}</p>
      ) : null}
    </section>
  );
}

function Basis({ found }: { found: Answer }) {
  const { t } = useTranslation();
  const { number } = useWords(found);
  return (
    <p className="quiet">
      {t(`dryRunBasis.${found.basis}`, { calls: number(found.basis_calls) })}{" "}
      {t(found.one_by_one ? "dryRun.oneByOne" : "dryRun.inSteps", { count: found.runs })}
    </p>
  );
}

/** A dry run's answer: the figures first, then the curve, then who can't be called and why. */
export function DryRunAnswer({ found }: { found: Answer }) {
  return (
    <div className={styles.answer}>
      <Headline found={found} />
      <Warnings found={found} />
      <Figures found={found} />
      {found.by_hour.length > 1 ? <DryRunCurve hours={found.by_hour} /> : null}
      <DryRunBarriers barriers={found.cannot_be_called} />
      <Waits found={found} />
      <Basis found={found} />
    </div>
  );
}
