import type { Call } from "@/api/model";

export type Mark = { kind: "barge_in"; at_ms: number } | { kind: "intent"; at_ms: number; intent: string };

/** What is worth finding in a recording: where the person interrupted us, and what they meant. */
export function marksOf({ transcript, events }: Pick<Call, "transcript" | "events">): Mark[] {
  const intents = transcript.flatMap<Mark>(({ intent, from_ms }) =>
    intent ? [{ kind: "intent", at_ms: from_ms, intent }] : [],
  );
  const bargeIns = events
    .filter(({ kind, at_ms }) => kind === "barge_in" && at_ms >= 0)
    .map<Mark>(({ at_ms }) => ({ kind: "barge_in", at_ms }));
  return [...intents, ...bargeIns].sort((one, other) => one.at_ms - other.at_ms);
}
