import type { TableProps } from "antd";
import { useState } from "react";
import type { BookAsked, NewBulkChange } from "@/api/book";
import type { BookCustomer } from "@/api/model";

export type Act = NewBulkChange["change"]["act"];

/** Who is meant: those that are ticked, or all that the list's filters find. */
export type Meant = Pick<NewBulkChange, "ids" | "matching">;

interface Chosen {
  /** The filters under which they were chosen: under others it is another list. */
  under: string;
  ids: string[];
  all: boolean;
}

/** Which customers are chosen in a list; none any longer once it is another, by what `under` says. */
export function useChosen(filter: BookAsked, under: string, rows: readonly BookCustomer[]) {
  const [kept, setKept] = useState<Chosen>({ under, ids: [], all: false });
  const { ids, all } = kept.under === under ? kept : { ids: [], all: false };
  const meant: Meant = all ? { matching: filter } : { ids };
  /** The part of the list that is meant. */
  const listed = all ? filter : { ...filter, ids };
  const selection: TableProps<BookCustomer>["rowSelection"] = {
    selectedRowKeys: all ? rows.map(({ id }) => id) : ids,
    preserveSelectedRowKeys: true,
    onChange: (keys) => setKept({ under, ids: keys.map(String), all: false }),
    getCheckboxProps: (row) => ({ disabled: all, "aria-label": row.name || row.phone }),
  };
  return {
    ids,
    all,
    meant,
    listed,
    selection,
    chooseAll: () => setKept({ under, ids, all: true }),
    clear: () => setKept({ under, ids: [], all: false }),
  };
}

export type ChosenCustomers = ReturnType<typeof useChosen>;
