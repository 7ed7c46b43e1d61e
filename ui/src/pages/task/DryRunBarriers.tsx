import { useTranslation } from "react-i18next";
import type { DryRunAnswer as Answer } from "@/api/model";
import { count } from "@/parts/numbers";
import { Phone } from "@/parts/Phone";
import { momentWords } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";
import styles from "./DryRun.module.css";

type Barrier = Answer["cannot_be_called"][number];

const RULES = [
  "invalid-number",
  "do-not-call",
  "do-not-call-installation",
  "unknown-place",
  "unknown-consent",
  "no-consent",
  "unknown-time-zone",
  "calling-hours",
  "after-lost-call",
  "calls-to-number",
] as const;

function Why({ barrier }: { barrier: Barrier }) {
  const { t } = useTranslation();
  const known = RULES.find((rule) => rule === barrier.rule);
  return (
    <>
      {known ? t(`dryRunRule.${known}`) : barrier.rule}
      {barrier.customers.length > 0 ? (
        <details>
          <summary className="quiet">{t("dryRun.who", { count: barrier.customers.length })}</summary>
          <ul className={styles.names}>
            {barrier.customers.map(({ id, name, phone }) => (
              <li key={id}>
                <span>{name || t("customer.unnamed")}</span>
                <Phone number={phone} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function useUntil(): (barrier: Barrier) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  return ({ final, until }) => {
    if (final) return t("dryRun.neverInTask");
    return until
      ? t("dryRun.notBefore", { at: momentWords(until, now, locale) })
      : t("dryRun.untilSomebodyActs");
  };
}

/** Who can't be called as things stand, by rule, with the first of them by name. */
export function DryRunBarriers({ barriers }: { barriers: readonly Barrier[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const untilWords = useUntil();
  return (
    <section className={styles.section}>
      <h3>{t("dryRun.cannot")}</h3>
      {barriers.length === 0 ? <p className="quiet">{t("dryRun.nobodyBarred")}</p> : null}
      {barriers.length > 0 ? (
        <table className={styles.barriers}>
          <thead>
            <tr>
              <th scope="col">{t("dryRun.why")}</th>
              <th scope="col">{t("dryRun.until")}</th>
              <th scope="col" className={styles.number}>
                {t("task.customers")}
              </th>
            </tr>
          </thead>
          <tbody>
            {barriers.map((barrier) => (
              <tr key={`${barrier.rule} ${barrier.final}`}>
                <td>
                  <Why barrier={barrier} />
                </td>
                <td>{untilWords(barrier)}</td>
                <td className={styles.number}>
                  {barrier.exact
                    ? count(barrier.count, locale)
                    : t("dryRun.about", { count: barrier.count, number: count(barrier.count, locale) })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  );
}
