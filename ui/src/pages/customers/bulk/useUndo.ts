import { useMutation, useQueryClient } from "@tanstack/react-query";
import { bookQueries, bookRequests } from "@/api/book";

/** Takes a change of many customers back. */
export function useUndo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bookRequests.undo(id),
    onSuccess: (change) => {
      client.setQueryData(bookQueries.bulkChange(change.id).queryKey, change);
      void client.invalidateQueries({ queryKey: ["bulk-changes"] });
    },
  });
}
