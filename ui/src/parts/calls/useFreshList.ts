import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { CallSummary } from "@/api/model";
import { useLiveNews } from "@/app/LiveNews";

interface Fresh {
  /** Calls that ended since the list was asked for, while the list may not move by itself. */
  waiting: number;
  show: () => void;
  /** To be spread on the element around the list. */
  guard: {
    onMouseEnter: () => void;
    onMouseLeave: () => void;
    onFocus: () => void;
    onBlur: () => void;
  };
}

const SETTLE_MS = 400;

/**
 * Keeps a list up to date while calls end, but never moves rows under someone's pointer or focus:
 * then the news waits until they leave the list or ask for it.
 */
export function useFreshList(
  query: UseQueryResult<unknown>,
  concerns: (call: CallSummary) => boolean,
  firstPage: boolean,
): Fresh {
  const { ended } = useLiveNews();
  const [watched, setWatched] = useState(false);
  const { dataUpdatedAt, refetch } = query;
  const waiting = ended.filter(({ heardAt, call }) => heardAt > dataUpdatedAt && concerns(call)).length;
  const free = !watched && firstPage;
  useEffect(() => {
    if (waiting === 0 || !free) return;
    const timer = setTimeout(() => void refetch(), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [waiting, free, refetch]);
  return {
    waiting: free ? 0 : waiting,
    show: () => void refetch(),
    guard: {
      onMouseEnter: () => setWatched(true),
      onMouseLeave: () => setWatched(false),
      onFocus: () => setWatched(true),
      onBlur: () => setWatched(false),
    },
  };
}
