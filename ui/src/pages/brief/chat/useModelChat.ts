import { useCallback, useEffect, useRef, useState } from "react";
import type { ChatEvent, ModelChatLine, ModelStanding } from "@/api/model";
import { asProblem, type Problem, unreachable } from "@/api/problem";
import { modelChat } from "@/api/script-requests";

/** One turn: what the customer did (null for the beginning), and what followed; where it stands once that is over. */
export interface ModelTurn {
  event: ChatEvent | null;
  lines: ModelChatLine[];
  standing: ModelStanding | null;
}

export interface ModelChat {
  turns: readonly ModelTurn[];
  busy: boolean;
  problem: Problem | null;
  /** The brief and the values that the conversation began with. */
  brief: object | null;
  begin: (brief: object, variables: Record<string, string>) => void;
  send: (event: ChatEvent) => void;
  /** Wants no more of the answer that is being written: its turn was never taken. */
  stop: () => void;
  back: () => void;
  clear: () => void;
}

interface Begun {
  brief: object;
  variables: Record<string, string>;
}

/** Shows a turn as its lines come. Throws where it has no end. */
async function follow(
  answer: AsyncGenerator<ModelChatLine>,
  event: ChatEvent | null,
  show: (turn: ModelTurn) => void,
): Promise<void> {
  let turn: ModelTurn = { event, lines: [], standing: null };
  show(turn);
  for await (const line of answer) {
    turn = line.kind === "standing" ? { ...turn, standing: line } : { ...turn, lines: [...turn.lines, line] };
    show(turn);
  }
  if (!turn.standing) throw unreachable();
}

/** A conversation with a language model: each turn is asked for once, and can be taken back. */
export function useModelChat(): ModelChat {
  const [turns, setTurns] = useState<readonly ModelTurn[]>([]);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  const ask = useCallback(async (given: Begun, before: readonly ModelTurn[], event: ChatEvent | null) => {
    asking.current?.abort();
    const own = new AbortController();
    asking.current = own;
    const isMine = () => asking.current === own;
    setBusy(true);
    setProblem(null);
    const record = before.at(-1)?.standing?.record ?? null;
    try {
      const answer = modelChat({ ...given, record, event }, own.signal);
      await follow(answer, event, (turn) => isMine() && setTurns([...before, turn]));
    } catch (error) {
      // What has no end was not sealed, and so was never said.
      if (isMine()) setTurns(before);
      if (!own.signal.aborted) setProblem(asProblem(error));
    } finally {
      if (isMine()) setBusy(false);
    }
  }, []);

  return {
    turns,
    busy,
    problem,
    brief: begun?.brief ?? null,
    begin: (brief, variables) => {
      setBegun({ brief, variables });
      void ask({ brief, variables }, [], null);
    },
    send: (event) => {
      if (begun) void ask(begun, turns, event);
    },
    stop: () => asking.current?.abort(),
    back: () => setTurns(turns.length > 1 ? turns.slice(0, -1) : []),
    clear: () => {
      asking.current?.abort();
      setTurns([]);
      setProblem(null);
    },
  };
}
