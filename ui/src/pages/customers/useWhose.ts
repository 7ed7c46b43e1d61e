import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { useMay } from "@/app/session";
import { useAddressChoice } from "@/parts/useAddressFilter";

export const WHOSE = ["mine", "pool", "all"] as const;
export type Whose = (typeof WHOSE)[number];

/** Whose customers the book begins with: a leader's with everybody's, that of others with their own. */
export function useOwnWhose(): Whose {
  const leads = useMay("assign_customers");
  const changes = useMay("change_customers");
  return leads || !changes ? "all" : "mine";
}

/** Whose customers the list shows: the address's word, or whose the reader begins with. */
export function useWhose(): [Whose, (value: Whose) => void] {
  const first = useOwnWhose();
  const [whose, setWhose] = useAddressChoice("whose", WHOSE);
  return [whose ?? first, setWhose];
}

/** Has the address say whose customers are shown: a copy of it, or a view of it, shows others the same. */
export function useWhoseInAddress(): void {
  const [whose] = useWhose();
  const [search, setSearch] = useSearchParams();
  const said = search.get("whose") === whose;
  useEffect(() => {
    if (said) return;
    setSearch(
      (old) => {
        const next = new URLSearchParams(old);
        next.set("whose", whose);
        return next;
      },
      { replace: true },
    );
  }, [said, whose, setSearch]);
}

export const ownerOf = { mine: "me", pool: "nobody", all: null } as const;
