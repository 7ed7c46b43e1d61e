import { useMay } from "@/app/session";
import { useAddressChoice } from "@/parts/useAddressFilter";

export const WHOSE = ["mine", "pool", "all"] as const;
export type Whose = (typeof WHOSE)[number];

/** Whose customers the list shows: the address's word; a leader begins with everybody's, others with their own. */
export function useWhose(): [Whose, (value: Whose) => void] {
  const leads = useMay("assign_customers");
  const changes = useMay("change_customers");
  const first = leads || !changes ? "all" : "mine";
  const [whose, setWhose] = useAddressChoice("whose", WHOSE);
  return [whose ?? first, (value) => setWhose(value === first ? null : value)];
}

export const ownerOf = { mine: "me", pool: "nobody", all: null } as const;
