import { DownloadOutlined } from "@ant-design/icons";
import { Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { RowFault } from "@/api/model";
import { csv } from "./csv";
import { useRowFaultWords } from "./row-fault-words";
import { saveText } from "./save-text";

interface Props {
  faults: readonly RowFault[];
  /** How many rows failed; `faults` may be the first of them. */
  failed: number;
  /** Of the file in which they can be taken away, without its ending; nothing where there is another way. */
  fileName?: string;
  /** What the file's columns are called; nothing where it holds customers, whose variables name themselves. */
  columns?: Readonly<Record<string, string>>;
}

function useColumnWords(columns: Readonly<Record<string, string>> = {}): (column: string) => string {
  const { t } = useTranslation();
  return (column) => {
    if (columns[column]) return columns[column];
    if (column === "phone") return t("customer.phone");
    return column === "name" ? t("customer.name") : column;
  };
}

/** A row may have several faults, even in one cell. */
const keyOf = ({ row, column, code, value }: RowFault): string => [row, column, code, value].join("/");

/** Rows that were not taken, each with its reason; to be looked at, or taken away as a file. */
export function RowFaults({ faults, failed, fileName, columns }: Props) {
  const { t } = useTranslation();
  const words = useRowFaultWords();
  const columnWords = useColumnWords(columns);
  if (faults.length === 0) return null;
  const save = () => {
    const head = [t("rowFaults.row"), t("rowFaults.column"), t("rowFaults.value"), t("rowFaults.reason")];
    const rows = faults.map((fault) => [
      String(fault.row),
      columnWords(fault.column),
      fault.value ?? "",
      words(fault),
    ]);
    saveText(`${fileName} – ${t("rowFaults.title")}.csv`, csv([head, ...rows]));
  };
  return (
    <>
      {fileName ? (
        <Button icon={<DownloadOutlined />} onClick={save} style={{ marginBlock: "12px" }}>
          {t("rowFaults.save")}
        </Button>
      ) : null}
      {faults.length < failed ? (
        <p className="quiet">{t("rowFaults.first", { count: faults.length })}</p>
      ) : null}
      <Table<RowFault>
        aria-label={t("rowFaults.title")}
        rowKey={keyOf}
        size="small"
        tableLayout="fixed"
        style={{ overflowWrap: "anywhere" }}
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={[...faults]}
        columns={[
          { title: t("rowFaults.row"), dataIndex: "row", align: "right", width: 64 },
          {
            title: t("rowFaults.column"),
            dataIndex: "column",
            width: 110,
            responsive: ["sm"],
            render: columnWords,
          },
          {
            title: t("rowFaults.value"),
            dataIndex: "value",
            width: 130,
            render: (value: string | null | undefined) => value || "–",
          },
          { title: t("rowFaults.reason"), key: "reason", render: (_, fault) => words(fault) },
        ]}
      />
    </>
  );
}
