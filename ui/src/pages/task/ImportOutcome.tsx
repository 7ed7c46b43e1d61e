import { Alert, Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportResult, Task } from "@/api/model";
import { count } from "@/parts/numbers";
import { RowFaults } from "@/parts/RowFaults";
import { useLocale } from "@/parts/useLocale";

const COUNTS = ["imported", "updated", "duplicates", "already_in_task", "failed"] as const;

/** What became of each row. */
export function ImportOutcome({ result, task }: { result: ImportResult; task: Task }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nothing = result.rows > 0 && result.failed === result.rows;
  const some = result.failed > 0 ? t("import.someFailed", { count: result.failed }) : null;
  const number = (value: number) => count(value, locale);
  return (
    <>
      <Alert
        type={nothing ? "error" : result.failed > 0 ? "warning" : "success"}
        showIcon
        style={{ marginBlockEnd: 12 }}
        title={t("import.done", { count: result.imported, rows: number(result.rows) })}
        description={nothing ? t("import.allFailed") : some}
      />
      <Descriptions
        size="small"
        column={1}
        items={COUNTS.map((name) => ({
          key: name,
          label: t(`importCount.${name}`),
          children: <span className="number">{number(result[name])}</span>,
        }))}
      />
      <RowFaults faults={result.errors} failed={result.failed} fileName={task.name} />
    </>
  );
}
