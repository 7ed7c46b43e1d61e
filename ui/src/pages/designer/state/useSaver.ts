import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { queries } from "@/api/queries";
import { scriptRequests } from "@/api/script-requests";
import { written } from "../script/brief";
import type { Content } from "../script/content";
import { forgetDraft, keepDraft } from "./kept-drafts";
import { Saver, type SaveState } from "./saver";

/** The saver of one script's draft; what it has saved shows on the other pages, too. */
export function useSaver(scriptId: string, content: Content, revision: number): Saver<Content> {
  const client = useQueryClient();
  const [saver] = useState(
    () =>
      new Saver<Content>(content, revision, {
        put: async (latest, seen) => {
          const saved = await scriptRequests.saveDraft(scriptId, written(latest), seen);
          client.setQueryData(queries.script(scriptId).queryKey, saved);
          void client.invalidateQueries({ queryKey: ["scripts"] });
          return saved;
        },
        keep: (latest, seen) => keepDraft(scriptId, { content: latest, revision: seen }),
        forget: () => forgetDraft(scriptId),
      }),
  );
  useEffect(() => {
    const again = () => void saver.flush();
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", again);
    return () => {
      window.removeEventListener("online", again);
      document.removeEventListener("visibilitychange", again);
      void saver.flush();
    };
  }, [saver]);
  return saver;
}

export const useSaveState = (saver: Saver<Content>): SaveState =>
  useSyncExternalStore(saver.subscribe, saver.now);
