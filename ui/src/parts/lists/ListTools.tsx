import { ColumnsButton } from "./ColumnsButton";
import type { List } from "./useList";
import { ViewsMenu } from "./ViewsMenu";

/** Beside a list's filters: its saved views, and which of its columns are seen. */
export function ListTools<Row>({ list }: { list: List<Row> }) {
  return (
    <>
      <ViewsMenu list={list} />
      <ColumnsButton list={list} />
    </>
  );
}
