import { useEffect, useRef, useState } from "react";
import type { ScriptFault } from "@/api/model";
import { asProblem } from "@/api/problem";
import { scriptRequests } from "@/api/script-requests";
import { useSettled } from "@/parts/useSettled";
import { written } from "../script/brief";
import type { Content } from "../script/content";

const SETTLE_MS = 350;

interface Checked {
  faults: readonly ScriptFault[];
  of: Content | null;
}

/** The faults of the script as it stands, asked anew once the typing rests. */
export function useCheck(content: Content): { faults: readonly ScriptFault[]; checked: boolean } {
  const settled = useSettled(content, SETTLE_MS);
  const [result, setResult] = useState<Checked>({ faults: [], of: null });
  const last = useRef<AbortController | null>(null);
  useEffect(() => {
    last.current?.abort();
    const asking = new AbortController();
    last.current = asking;
    scriptRequests
      .checkScript(written(settled), asking.signal)
      .then(({ faults }) => setResult({ faults, of: settled }))
      .catch((error: unknown) => {
        const faults = asProblem(error).body.faults;
        if (!asking.signal.aborted && faults) setResult({ faults, of: settled });
      });
    return () => asking.abort();
  }, [settled]);
  return { faults: result.faults, checked: result.of === content };
}
