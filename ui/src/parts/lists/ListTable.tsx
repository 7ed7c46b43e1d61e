import type { UseQueryResult } from "@tanstack/react-query";
import { Alert, Table, type TableProps } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Page } from "@/api/model";
import { Pager } from "../Pager";
import { PageSkeleton } from "../PageSkeleton";
import { ProblemNote } from "../ProblemPage";
import styles from "./ListTable.module.css";
import notes from "./lists.module.css";
import type { List } from "./useList";
import { useViews } from "./useViews";

const HEADER_PX = 56;

interface Props<Row extends { id: string }> {
  label: string;
  query: UseQueryResult<Page<Row>>;
  list: List<Row>;
  empty: ReactNode;
  /** The address of a row's own page or drawer. */
  open?: (row: Row) => string | null;
  /** Which rows are chosen, where something can be done with several at once. */
  selection?: TableProps<Row>["rowSelection"];
}

/** What the address names that there is no longer; the rest of it holds. */
function Gone<Row>({ list }: { list: List<Row> }) {
  const { t } = useTranslation();
  const { missing } = useViews(list.name, list.choice, false);
  const sentences = missing ? [t("lists.missing"), ...list.gone] : list.gone;
  if (sentences.length === 0) return null;
  return (
    <div className={notes.notes}>
      {sentences.map((sentence) => (
        <Alert key={sentence} type="warning" showIcon role="status" title={sentence} />
      ))}
    </div>
  );
}

/** A keyset-paged list: skeleton, error, empty and full, with its header in view while scrolling. */
export function ListTable<Row extends { id: string }>(props: Props<Row>) {
  return (
    <>
      <Gone list={props.list} />
      <Rows {...props} />
    </>
  );
}

/** Nobody of the list before can be chosen while the one asked for is fetched: its filters mean others. */
function notYet<Row>(selection: TableProps<Row>["rowSelection"]): TableProps<Row>["rowSelection"] {
  return (
    selection && {
      ...selection,
      getCheckboxProps: (row) => ({ ...selection.getCheckboxProps?.(row), disabled: true }),
    }
  );
}

function Rows<Row extends { id: string }>(props: Props<Row>) {
  const { label, query, list, empty, open, selection } = props;
  const navigate = useNavigate();
  if (query.isPending || list.pending) return <PageSkeleton />;
  if (query.isError && !query.data)
    return <ProblemNote error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data?.items ?? [];
  if (rows.length === 0) return empty;
  return (
    <>
      <Table<Row>
        aria-label={label}
        className={styles.table}
        rowKey="id"
        size="middle"
        columns={[...list.seen]}
        rowSelection={query.isPlaceholderData ? notYet(selection) : selection}
        dataSource={rows}
        pagination={false}
        loading={query.isPlaceholderData ? { delay: 300 } : false}
        sticky={{ offsetHeader: HEADER_PX }}
        scroll={{ x: "max-content" }}
        onRow={(row) => {
          const path = open?.(row);
          if (!path) return {};
          return {
            style: { cursor: "pointer" },
            onClick: (event) => {
              if (
                (event.target as HTMLElement).closest("a, button, .ant-dropdown, .ant-table-selection-column")
              )
                return;
              navigate(path);
            },
          };
        }}
      />
      <Pager next={query.data?.next} shown={rows.length} />
    </>
  );
}
