import { useEffect, useState } from "react";
import type { Chat, ChatEvent } from "@/api/model";
import { asProblem, type Problem } from "@/api/problem";
import { scriptRequests } from "@/api/script-requests";
import { useSettled } from "@/parts/useSettled";
import type { Content } from "../script/content";

const SETTLE_MS = 400;

/** The values that a customer of the test has: by example where nothing was typed. */
export const testValues = (content: Content, typed: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    (content.variables ?? []).map(({ name, label, example, default: usual }) => [
      name,
      typed[name] ?? (example || usual || label),
    ]),
  );

export interface TestChat {
  events: ChatEvent[];
  setEvents: (events: ChatEvent[]) => void;
  typed: Record<string, string>;
  setTyped: (typed: Record<string, string>) => void;
  chat: Chat | null;
  problem: Problem | null;
  busy: boolean;
}

/** A conversation with the script as it stands: told anew from its beginning whenever either has changed. */
export function useChat(content: Content, on: boolean): TestChat {
  const [events, setEvents] = useState<ChatEvent[]>([]);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [chat, setChat] = useState<Chat | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const script = useSettled(content, SETTLE_MS);
  const values = useSettled(typed, SETTLE_MS);
  useEffect(() => {
    if (!on) return;
    const asking = new AbortController();
    setBusy(true);
    scriptRequests
      .chat({ content: script, variables: testValues(script, values), events }, asking.signal)
      .then((told) => {
        setChat(told);
        setProblem(null);
      })
      .catch((error: unknown) => {
        if (!asking.signal.aborted) setProblem(asProblem(error));
      })
      .finally(() => {
        if (!asking.signal.aborted) setBusy(false);
      });
    return () => asking.abort();
  }, [script, values, events, on]);
  return { events, setEvents, typed, setTyped, chat, problem, busy };
}
