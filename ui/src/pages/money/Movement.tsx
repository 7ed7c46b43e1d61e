import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { LedgerEntry } from "@/api/money";
import { money } from "@/parts/numbers";
import { useLocale } from "@/parts/useLocale";
import styles from "./money.module.css";

/** An amount with its sign: what was given is marked by a plus as well as by its colour. */
export function Amount({ micros, currency }: { micros: number; currency: string }) {
  const locale = useLocale();
  return (
    <span className={`number unbroken ${micros > 0 ? styles.given : styles.taken}`}>
      {micros > 0 ? "+" : ""}
      {money(micros, currency, locale)}
    </span>
  );
}

/** What a movement was for: its call with task and line, or who entered it and the note. */
export function What({ entry }: { entry: LedgerEntry }) {
  const { t } = useTranslation();
  const { task, test_call, line, call_id, entered_by, note } = entry;
  const by = entered_by ? t("money.enteredBy", { who: entered_by }) : "";
  if (["top_up", "correction"].includes(entry.kind))
    return <div className={styles.what}>{[note, by].filter(Boolean).join(" · ") || "–"}</div>;
  return (
    <div className={styles.what}>
      {task ? (
        <Link to={`/tasks/${task.id}`}>{task.name}</Link>
      ) : (
        <span className="quiet">{t(test_call ? "money.testCall" : "money.gone")}</span>
      )}
      <span className="quiet">
        {line ? ` · ${line.name}` : ""}
        {call_id ? (
          <>
            {" · "}
            <Link to={`/calls/${call_id}`}>{t("money.call")}</Link>
          </>
        ) : null}
      </span>
    </div>
  );
}
