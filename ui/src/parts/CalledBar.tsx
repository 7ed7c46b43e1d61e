import { useTranslation } from "react-i18next";
import { useLocale } from "@/parts/useLocale";
import styles from "./CalledBar.module.css";
import { count } from "./numbers";

interface Props {
  called: number;
  customers: number;
}

/** How far a task has come, as a bar with its numbers. */
export function CalledBar({ called, customers }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const share = customers > 0 ? (called / customers) * 100 : 0;
  const words = t("task.calledOf", {
    called: count(called, locale),
    customers: count(customers, locale),
  });
  return (
    <div className={styles.whole}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={t("task.called")}
        aria-valuemin={0}
        aria-valuemax={customers}
        aria-valuenow={called}
        aria-valuetext={words}
      >
        <div className={styles.done} style={{ width: `${share}%` }} />
      </div>
      <span className={`number ${styles.words}`}>{words}</span>
    </div>
  );
}
