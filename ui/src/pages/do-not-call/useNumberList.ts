import type { NumberList } from "@/api/model";
import { useMay } from "@/app/session";
import { useAddressChoice } from "@/parts/useAddressFilter";

const OTHER = ["installation"] as const;

/** Which list the address asks for; the installation's is for whoever keeps it. */
export function useNumberList(): [NumberList, (list: NumberList) => void] {
  const [chosen, choose] = useAddressChoice("list", OTHER);
  const may = useMay("keep_installation");
  return [may && chosen ? chosen : "own", (list) => choose(list === "own" ? null : list)];
}
