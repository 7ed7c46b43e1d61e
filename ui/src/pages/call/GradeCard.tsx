import { useTranslation } from "react-i18next";
import type { Call } from "@/api/model";
import { useEvidenceWords } from "@/parts/evidence-words";
import { Grade } from "@/parts/Grade";
import { Panel } from "@/parts/Panel";
import styles from "./CallPage.module.css";
import { CorrectGrade } from "./CorrectGrade";

/** The grade and why: each rule that held, with the words that made it hold. */
export function GradeCard({ call }: { call: Call }) {
  const { t } = useTranslation();
  const words = useEvidenceWords(call.labels);
  if (!call.grade && call.grade_reasons.length === 0) return null;
  return (
    <Panel title={t("call.grade")}>
      <div className={styles.grade}>
        {call.grade ? <Grade grade={call.grade} large /> : <span className="quiet">{t("call.noGrade")}</span>}
        <ul className={styles.reasons}>
          {call.grade_reasons.map((reason) => (
            <li key={`${reason.rule}/${reason.quote}`}>
              {words(reason)}
              {reason.quote ? (
                <blockquote className={styles.quote}>{t("call.quote", { quote: reason.quote })}</blockquote>
              ) : null}
            </li>
          ))}
          {call.grade_reasons.length === 0 ? <li className="quiet">{t("call.gradeWithoutReason")}</li> : null}
        </ul>
      </div>
      {call.grade ? <CorrectGrade call={call} /> : null}
    </Panel>
  );
}
