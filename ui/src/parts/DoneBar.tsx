import { useTranslation } from "react-i18next";
import type { TaskSummary } from "@/api/model";
import { useLocale } from "@/parts/useLocale";
import styles from "./DoneBar.module.css";
import { count } from "./numbers";

/** How far a task has come, as a bar with its numbers. */
export function DoneBar({ task }: { task: TaskSummary }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { done, called, customers } = task;
  const share = customers > 0 ? (done / customers) * 100 : 0;
  const words = t("task.doneOf", { done: count(done, locale), customers: count(customers, locale) });
  const never = t("task.calledAndNever", {
    called: count(called, locale),
    never: count(done - called, locale),
  });
  return (
    <div className={styles.whole} title={called < done ? never : undefined}>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={t("task.done")}
        aria-valuemin={0}
        aria-valuemax={customers}
        aria-valuenow={done}
        aria-valuetext={words}
      >
        <div className={styles.done} style={{ width: `${share}%` }} />
      </div>
      <span className={`number ${styles.words}`}>{words}</span>
    </div>
  );
}
