import { useEffect, useRef, useState } from "react";
import type { ModelCrowdLine, ModelReport, ModelTalk } from "@/api/model";
import { asProblem, Problem, unreachable } from "@/api/problem";
import { modelCrowd } from "@/api/script-requests";

export interface ModelCrowd {
  talks: readonly ModelTalk[];
  report: ModelReport | null;
  busy: boolean;
  problem: Problem | null;
  begin: (brief: object, people: number) => void;
  stop: () => void;
}

type Show = (line: ModelCrowdLine) => void;

async function follow(lines: AsyncGenerator<ModelCrowdLine>, show: Show): Promise<void> {
  let last = "";
  for await (const line of lines) {
    if (line.kind === "problem") throw new Problem(503, line);
    last = line.kind;
    show(line);
  }
  if (last !== "report") throw unreachable();
}

/** A crowd of simulated people that the language model calls, for as long as this page is open. */
export function useModelCrowd(): ModelCrowd {
  const [talks, setTalks] = useState<readonly ModelTalk[]>([]);
  const [report, setReport] = useState<ModelReport | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  const begin = async (brief: object, people: number) => {
    const own = new AbortController();
    asking.current = own;
    setTalks([]);
    setReport(null);
    setProblem(null);
    setBusy(true);
    try {
      await follow(modelCrowd({ brief, people, begin: true }, own.signal), (line) => {
        if (line.kind === "talk") setTalks((before) => [...before, line]);
        if (line.kind === "report") setReport(line);
      });
    } catch (error) {
      if (!own.signal.aborted) setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    talks,
    report,
    busy,
    problem,
    begin: (brief, people) => void begin(brief, people),
    stop: () => asking.current?.abort(),
  };
}
