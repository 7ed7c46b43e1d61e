import type { TableProps } from "antd";
import { useState } from "react";
import type { ChosenCustomers, TaskCustomer } from "@/api/model";

export interface Choice {
  /** Who is chosen; null while nobody is. */
  chosen: ChosenCustomers | null;
  /** Whether it is all that match the list's filters. */
  all: boolean;
  chooseAll: () => void;
  clear: () => void;
  selection: TableProps<TaskCustomer>["rowSelection"];
}

interface Chosen {
  of: string;
  ids: string[];
  all: boolean;
}

/** Which customers of the list are chosen: some, on any of its pages, or all that match. Another filter begins anew. */
export function useChoice(filter: ChosenCustomers, rows: readonly TaskCustomer[]): Choice {
  const of = JSON.stringify(filter);
  const [kept, setKept] = useState<Chosen>({ of, ids: [], all: false });
  const { ids, all } = kept.of === of ? kept : { ids: [], all: false };
  const choose = (next: Partial<Chosen>) => setKept({ of, ids: [], all: false, ...next });
  const some = ids.length > 0 ? { ids } : null;
  return {
    chosen: all ? filter : some,
    all,
    chooseAll: () => choose({ all: true }),
    clear: () => choose({}),
    selection: {
      selectedRowKeys: all ? rows.map(({ id }) => id) : ids,
      preserveSelectedRowKeys: true,
      onChange: (keys) => choose({ ids: keys.map(String) }),
      getCheckboxProps: (row) => ({ disabled: all, "aria-label": row.name || row.phone }),
    },
  };
}
