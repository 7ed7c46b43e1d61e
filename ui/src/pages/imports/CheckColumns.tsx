import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Select, Skeleton, Space, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Import, ImportPreview } from "@/api/model";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { ProblemNote } from "@/parts/ProblemPage";
import { keyAt, missingKeys, placed, width } from "./columns";

const FIXED = ["phone", "name", "consent", "consent_source"] as const;

function useKeyWords(preview: ImportPreview): (key: string) => string {
  const { t } = useTranslation();
  return (key) => {
    const fixed = FIXED.find((one) => one === key);
    if (fixed) return t(`importColumn.${fixed}`);
    return preview.choices.find((choice) => choice.key === key)?.label ?? key;
  };
}

interface TableOfRowsProps {
  preview: ImportPreview;
  places: ImportPreview["places"];
  headed: boolean;
  choose: (places: ImportPreview["places"]) => void;
}

function FirstRows({ preview, places, headed, choose }: TableOfRowsProps) {
  const { t } = useTranslation();
  const words = useKeyWords(preview);
  const rows = headed ? preview.rows : [preview.headings, ...preview.rows];
  const columns = Array.from({ length: width(preview) }, (_, place) => ({
    key: String(place),
    width: 190,
    title: (
      <Space orientation="vertical" size={4} style={{ width: "100%" }}>
        <span>{headed ? preview.headings[place] || "–" : t("import.column", { number: place + 1 })}</span>
        <Select<string | null>
          aria-label={t("import.columnIs", { number: place + 1 })}
          style={{ width: "100%" }}
          value={keyAt(places, place)}
          onChange={(key) => choose(placed(places, place, key))}
          options={[
            { value: null, label: t("import.leftOut") },
            ...preview.choices.map(({ key, required }) => ({
              value: key,
              label: `${words(key)}${required ? " *" : ""}`,
            })),
          ]}
        />
      </Space>
    ),
    render: (_: unknown, { cells }: { cells: string[] }) => cells[place] ?? "",
  }));
  return (
    <Table
      size="small"
      aria-label={t("import.firstRows")}
      pagination={false}
      scroll={{ x: "max-content" }}
      rowKey="number"
      dataSource={rows.map((cells, number) => ({ number, cells }))}
      columns={columns}
    />
  );
}

function Chosen({ found, preview }: { found: Import; preview: ImportPreview }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useKeyWords(preview);
  const whyNot = useWhyNotChange();
  const [places, setPlaces] = useState(preview.places);
  const [headed, setHeaded] = useState(true);
  const start = useMutation({
    mutationFn: () =>
      requests.startImport(found.id, { places, heading_row: headed ? preview.heading_row : 0 }),
    onSuccess: (told) => client.setQueryData(queries.import(found.id).queryKey, told),
  });
  const missing = missingKeys(preview, places);
  return (
    <Space orientation="vertical" size="middle" style={{ width: "100%" }}>
      <p>{t("import.checkText")}</p>
      {missing.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t("import.missing", { names: missing.map(words).join(", ") })}
          description={t("import.missingRemedy")}
        />
      ) : null}
      <FirstRows preview={preview} places={places} headed={headed} choose={setPlaces} />
      <Checkbox checked={headed} onChange={({ target }) => setHeaded(target.checked)}>
        {t("import.headed")}
      </Checkbox>
      {start.isError ? <ProblemNote error={start.error} /> : null}
      <Button
        type="primary"
        loading={start.isPending}
        disabled={missing.length > 0 || whyNot !== null}
        title={whyNot ?? undefined}
        onClick={() => start.mutate()}
      >
        {t("import.start")}
      </Button>
    </Space>
  );
}

/** The first rows of a file, and what each of its columns is taken for. */
export function CheckColumns({ found }: { found: Import }) {
  const { data, error, refetch } = useQuery(queries.importPreview(found.id));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Chosen found={found} preview={data} /> : <Skeleton active />;
}
