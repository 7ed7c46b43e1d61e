import type { UseQueryResult } from "@tanstack/react-query";
import { Table, type TableProps } from "antd";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import type { Page } from "@/api/model";
import styles from "./ListTable.module.css";
import { Pager } from "./Pager";
import { PageSkeleton } from "./PageSkeleton";
import { ProblemNote } from "./ProblemPage";

const HEADER_PX = 56;

interface Props<Row extends { id: string }> {
  label: string;
  query: UseQueryResult<Page<Row>>;
  columns: TableProps<Row>["columns"];
  empty: ReactNode;
  /** The address of a row's own page or drawer. */
  open?: (row: Row) => string | null;
  /** Which rows are chosen, where something can be done with several at once. */
  selection?: TableProps<Row>["rowSelection"];
}

/** A keyset-paged list: skeleton, error, empty and full, with its header in view while scrolling. */
export function ListTable<Row extends { id: string }>(props: Props<Row>) {
  const { label, query, columns, empty, open, selection } = props;
  const navigate = useNavigate();
  if (query.isPending) return <PageSkeleton />;
  if (query.isError && !query.data)
    return <ProblemNote error={query.error} retry={() => void query.refetch()} />;
  const rows = query.data.items;
  if (rows.length === 0) return empty;
  return (
    <>
      <Table<Row>
        aria-label={label}
        className={styles.table}
        rowKey="id"
        size="middle"
        columns={columns}
        rowSelection={selection}
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
      <Pager next={query.data.next} shown={rows.length} />
    </>
  );
}
