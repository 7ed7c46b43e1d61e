import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { warningQueries } from "@/api/warnings";
import { EmptyState } from "@/parts/EmptyState";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useReading } from "@/parts/warnings/useReading";
import { WarningItem } from "@/parts/warnings/WarningItem";
import warningStyles from "@/parts/warnings/warnings.module.css";
import styles from "./today.module.css";

const SHOWN = 4;

/** What one was warned of that nobody has mended yet. */
export function StandingWarnings() {
  const { t } = useTranslation();
  const reading = useReading();
  const { data, error, refetch } = useQuery(
    warningQueries.list({ standing: true, after: null, limit: SHOWN }),
  );
  const all = data?.next ? <Link to="/warnings?show=standing">{t("warning.all")}</Link> : null;
  return (
    <Panel title={t("today.warnings")} extra={all} className={styles.warnings}>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton rows={2} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t("today.noWarnings")} hint={t("warning.noneHint")} />
      ) : null}
      <ul className={warningStyles.list} aria-label={t("today.warnings")}>
        {data?.items.map((warning) => (
          <WarningItem key={warning.id} warning={warning} onOpen={() => reading.mutate([warning.id])} />
        ))}
      </ul>
    </Panel>
  );
}
