import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ChangedCustomer, CustomerCard } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";

export type Change = Partial<Omit<ChangedCustomer, "revision">>;

/** Saves parts of a customer, and knows what it is now where somebody else changed them meanwhile. */
export function useChange(card: CustomerCard, onSaved?: () => void) {
  const client = useQueryClient();
  const { queryKey } = queries.card(card.id);
  return useMutation({
    mutationFn: ({ change, revision }: { change: Change; revision: number }) =>
      requests.changeCustomer(card.id, { ...change, revision } as ChangedCustomer),
    onSuccess: (now) => {
      client.setQueryData(queryKey, now);
      void client.invalidateQueries({ queryKey: ["book"] });
      void client.invalidateQueries({ queryKey: ["book-choices"] });
      void client.invalidateQueries({ queryKey: ["timeline", card.id] });
      onSaved?.();
    },
    onError: (error) => {
      const { code, status } = asProblem(error);
      const gone = status === 404; // somebody else took them meanwhile
      if (gone || code === "customer-changed") void client.invalidateQueries({ queryKey });
      if (gone) void client.invalidateQueries({ queryKey: ["book"] });
    },
  });
}
