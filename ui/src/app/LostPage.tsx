import { useEffect, useRef } from "react";
import { useRouteError } from "react-router";
import { Problem } from "@/api/problem";
import { ProblemPage } from "@/parts/ProblemPage";
import { useLiveNews } from "./LiveNews";

const UNFETCHED = /imported module|module script|preload/i;

const again = () => location.reload();

/** Fetches the page as soon as the connection is back. */
function useReturn(wanted: boolean): void {
  const { state } = useLiveNews();
  // Only after it was away: what can't be fetched over a standing connection would be asked for without end.
  const away = useRef(false);
  useEffect(() => {
    if (state !== "open") away.current = true;
    else if (away.current && wanted) again();
  }, [state, wanted]);
  useEffect(() => {
    if (!wanted) return;
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, [wanted]);
}

/** In a page's place, the frame around it: why it can't be shown. One that could not be fetched is fetched again. */
export function LostPage() {
  const error = useRouteError();
  const unfetched = error instanceof Error && UNFETCHED.test(error.message);
  useReturn(unfetched);
  return <ProblemPage error={unfetched ? new Problem(0, { code: "unfetched" }) : error} retry={again} />;
}
