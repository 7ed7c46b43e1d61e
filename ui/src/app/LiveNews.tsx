import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { LiveSocket, type LiveState } from "@/api/live";
import { keepNews } from "@/api/live-cache";
import type { CallSummary } from "@/api/model";

interface EndedCall {
  /** When the news came here, in ms since 1970. */
  heardAt: number;
  call: CallSummary;
}

interface News {
  state: LiveState;
  /** Calls that ended since this page was opened, newest last; how lists know that they are behind. */
  ended: readonly EndedCall[];
}

const Context = createContext<News>({ state: "connecting", ended: [] });
const KEPT = 500;
const STALE_AFTER_A_GAP = ["tasks", "task", "calls", "customers", "lines", "test-call"];

/** Holds the live connection while someone is signed in, and asks again for what may have been missed in a gap. */
export function LiveNews({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [news, setNews] = useState<News>({ state: "connecting", ended: [] });
  useEffect(() => {
    let opened = 0;
    const socket = new LiveSocket({
      message: (message) => {
        keepNews(client, message);
        if (message.type !== "call") return;
        setNews((old) => ({
          ...old,
          ended: [...old.ended.slice(-KEPT), { heardAt: Date.now(), call: message.call }],
        }));
      },
      state: (state) => {
        setNews((old) => ({ ...old, state }));
        if (state === "signed-out") void client.resetQueries({ queryKey: ["me"] });
        if (state !== "open") return;
        opened += 1;
        if (opened === 1) return;
        for (const key of STALE_AFTER_A_GAP) void client.invalidateQueries({ queryKey: [key] });
        void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" });
      },
    });
    socket.start();
    return () => socket.stop();
  }, [client]);
  return <Context value={news}>{children}</Context>;
}

export const useLiveNews = (): News => useContext(Context);

const POLL_MS = 5_000;

/** How often to ask while the live connection is away; false while it stands. */
export const useFallbackInterval = (): number | false => (useLiveNews().state === "open" ? false : POLL_MS);
