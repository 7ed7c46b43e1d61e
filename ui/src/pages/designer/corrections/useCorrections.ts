import { useQuery } from "@tanstack/react-query";
import { scriptRequests } from "@/api/script-requests";
import { written } from "../script/brief";
import { useDesk } from "../state/DesignContext";

/** What the script as it stands on the screen makes of the calls whose grade people corrected. */
export function useCorrections(enabled = true) {
  const { script, content, faults } = useDesk();
  // One with faults can't be played; a script for a language model isn't played again, it would speak otherwise.
  const playable = faults.length === 0 && !content.brief;
  return useQuery({
    queryKey: ["corrections", script.id, content],
    queryFn: ({ signal }) => scriptRequests.checkCorrections(script.id, written(content), signal),
    enabled: enabled && playable,
    gcTime: 0,
  });
}
