import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import type { Import } from "@/api/model";
import { queries } from "@/api/queries";
import { failedRowsUrl } from "@/api/requests";
import { count } from "@/parts/numbers";
import { ProblemNote } from "@/parts/ProblemPage";
import { RowFaults } from "@/parts/RowFaults";
import { useLocale } from "@/parts/useLocale";
import { verdictOf } from "./verdict";

const COUNTS = [
  "imported",
  "updated",
  "unchanged",
  "duplicates",
  "changed_in_task",
  "too_late",
  "already_in_task",
  "failed",
] as const;

const TYPES = {
  allFailed: "error",
  someFailed: "warning",
  tooLate: "info",
  nothingNew: "info",
  allTaken: "success",
} as const;

function Failed({ found }: { found: Import }) {
  const { t, i18n } = useTranslation();
  const { data, error, refetch } = useQuery({ ...queries.importFaults(found.id), enabled: found.failed > 0 });
  if (found.failed === 0) return null;
  if (!found.file_kept) return <p className="quiet">{t("import.fileDeleted")}</p>;
  return (
    <>
      <Button
        href={failedRowsUrl(found.id, i18n.language.startsWith("zh") ? "zh" : "en")}
        download
        icon={<DownloadOutlined />}
        style={{ marginBlock: 12 }}
      >
        {t("rowFaults.save")}
      </Button>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active /> : null}
      {data ? <RowFaults faults={data} failed={found.failed} /> : null}
    </>
  );
}

/** What became of each row. */
export function ImportOutcome({ found }: { found: Import }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (found.state === "cancelled")
    return (
      <Alert
        type="info"
        showIcon
        title={t(found.failure === "not-started" ? "import.notStarted" : "import.calledOff")}
      />
    );
  if (found.state === "failed")
    return (
      <Alert
        type="error"
        showIcon
        title={t("import.failed")}
        description={
          found.failure === "spreadsheet-too-large"
            ? t("fileFault.rows", { rows: count(100_000, locale) })
            : t("import.failedRemedy", { code: found.failure })
        }
      />
    );
  const verdict = verdictOf(found);
  const number = (value: number) => count(value, locale);
  return (
    <>
      <Alert
        type={TYPES[verdict]}
        showIcon
        style={{ marginBlockEnd: 12 }}
        title={t("import.done", { count: found.imported, rows: number(found.rows) })}
        description={
          verdict === "allTaken"
            ? null
            : t(`import.${verdict}`, { count: verdict === "tooLate" ? found.too_late : found.failed })
        }
      />
      <Descriptions
        size="small"
        column={1}
        items={COUNTS.map((name) => ({
          key: name,
          label: t(`importCount.${name}`),
          children: <span className="number">{number(found[name])}</span>,
        }))}
      />
      <Failed found={found} />
    </>
  );
}
