import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Descriptions, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportFault, ImportResult, Task } from "@/api/model";
import { csv } from "@/parts/csv";
import { count } from "@/parts/numbers";
import { saveText } from "@/parts/save-text";
import { useLocale } from "@/parts/useLocale";

const COUNTS = ["imported", "updated", "duplicates", "already_in_task", "failed"] as const;

function FaultTable({ faults }: { faults: readonly ImportFault[] }) {
  const { t } = useTranslation();
  return (
    <Table<ImportFault>
      aria-label={t("import.faults")}
      rowKey={(fault) => `${fault.row}/${fault.column}`}
      size="small"
      tableLayout="fixed"
      style={{ overflowWrap: "anywhere" }}
      pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
      dataSource={[...faults]}
      columns={[
        { title: t("import.row"), dataIndex: "row", align: "right", width: 64 },
        { title: t("import.column"), dataIndex: "column", width: 120 },
        {
          title: t("import.value"),
          dataIndex: "value",
          width: 130,
          render: (value: string | null | undefined) => value || "–",
        },
        { title: t("import.reason"), dataIndex: "reason" },
      ]}
    />
  );
}

function useSaveFaults(task: Task) {
  const { t } = useTranslation();
  return (faults: readonly ImportFault[]) => {
    const head = [t("import.row"), t("import.column"), t("import.value"), t("import.reason")];
    const rows = faults.map(({ row, column, value, reason }) => [String(row), column, value ?? "", reason]);
    saveText(`${task.name} – ${t("import.faults")}.csv`, csv([head, ...rows]));
  };
}

/** What became of each row. */
export function ImportOutcome({ result, task }: { result: ImportResult; task: Task }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const save = useSaveFaults(task);
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
      {result.errors.length > 0 ? (
        <>
          <Button
            icon={<DownloadOutlined />}
            onClick={() => save(result.errors)}
            style={{ marginBlockEnd: 12 }}
          >
            {t("import.saveFaults")}
          </Button>
          {result.errors.length < result.failed ? (
            <p className="quiet">{t("import.firstFaults", { count: result.errors.length })}</p>
          ) : null}
          <FaultTable faults={result.errors} />
        </>
      ) : null}
    </>
  );
}
