import { useMutation, useQueryClient } from "@tanstack/react-query";
import { warningRequests } from "@/api/warnings";

/** Notes that warnings were read: those named, or all. */
export function useReading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids?: string[]) => warningRequests.read(ids),
    onSuccess: () => client.invalidateQueries({ queryKey: ["warnings"] }),
  });
}
