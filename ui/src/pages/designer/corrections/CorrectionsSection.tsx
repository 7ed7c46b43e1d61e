import { ArrowRightOutlined } from "@ant-design/icons";
import { Alert, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CorrectedCall } from "@/api/model";
import { EmptyState } from "@/parts/EmptyState";
import { useEvidenceWords } from "@/parts/evidence-words";
import { Grade } from "@/parts/Grade";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import sections from "../sections/sections.module.css";
import { useDesk } from "../state/DesignContext";
import { partLabels } from "../words/condition-words";
import styles from "./corrections.module.css";
import { useCorrections } from "./useCorrections";

function Reasons({ call }: { call: CorrectedCall }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const words = useEvidenceWords(partLabels(content));
  if (call.now === null)
    return (
      <p className={styles.because}>
        {t("designer.corrections.missing", { names: call.missing.join(", ") })}
      </p>
    );
  return (
    <div className={styles.because}>
      {t("designer.corrections.because")}
      <ul>
        {call.reasons.map((reason) => (
          <li key={`${reason.rule}/${reason.quote}`}>
            {words(reason)}
            {reason.quote ? <span className="quiet"> {t("call.quote", { quote: reason.quote })}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** One call: what people gave it, what the script gives it now, and by which words. */
function Corrected({ call }: { call: CorrectedCall }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const names = content.grades.names;
  const grades = Object.keys(names);
  const called = (grade: string) => names[grade] ?? grade;
  return (
    <li>
      <div className={styles.head}>
        <span className={styles.given}>
          <Grade grade={call.corrected} grades={grades} />
          <strong>{called(call.corrected)}</strong>
          <span className="quiet">{t("designer.corrections.byPeople")}</span>
        </span>
        {call.now === call.corrected ? null : (
          <span className={styles.given}>
            <ArrowRightOutlined aria-hidden />
            <Grade grade={call.now} grades={grades} />
            <span>{call.now === null ? t("designer.corrections.unplayable") : called(call.now)}</span>
            <span className="quiet">{t("designer.corrections.byScript")}</span>
          </span>
        )}
      </div>
      <p className={sections.quote}>{call.why}</p>
      <Reasons call={call} />
      <p className={styles.call}>
        <Link to={`/calls/${call.call_id}`}>{t("designer.corrections.call")}</Link>{" "}
        <Time at={call.dialled_at} />
      </p>
    </li>
  );
}

function Calls({ title, calls }: { title: string; calls: readonly CorrectedCall[] }) {
  if (calls.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className={sections.heading}>{title}</h3>
      <ul className={sections.unanswered}>
        {calls.map((call) => (
          <Corrected key={call.call_id} call={call} />
        ))}
      </ul>
    </section>
  );
}

/** Calls whose grade people corrected, played again with the script as it stands on the screen. */
export function CorrectionsSection() {
  const { t } = useTranslation();
  const { faults } = useDesk();
  const { data, error, refetch } = useCorrections();
  return (
    <>
      <p className={sections.about}>{t("designer.corrections.about")}</p>
      {faults.length > 0 ? (
        <Alert type="info" showIcon title={t("designer.corrections.faults", { count: faults.length })} />
      ) : null}
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {data || error || faults.length > 0 ? null : <Skeleton active />}
      {data?.checked === 0 ? (
        <EmptyState title={t("designer.corrections.none")} hint={t("designer.corrections.noneHint")} />
      ) : null}
      {data && data.checked > 0 ? (
        <>
          <Alert
            type={data.differing.length > 0 ? "warning" : "success"}
            showIcon
            title={t("designer.corrections.result", {
              agreeing: data.agreeing.length,
              count: data.checked,
            })}
          />
          <Calls title={t("designer.corrections.differing")} calls={data.differing} />
          <Calls title={t("designer.corrections.agreeing")} calls={data.agreeing} />
        </>
      ) : null}
    </>
  );
}
