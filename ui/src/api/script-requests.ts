import { client } from "./client";
import type { ChatEvent, KnowledgeImport, ModelChatLine, ModelCrowdLine, ScriptDetail } from "./model";
import { problemOf, unreachable } from "./problem";
import { answer, asForm } from "./requests";
import type { components } from "./schema";

type ScriptBrief = components["schemas"]["ScriptDraft"]["brief"];
type ScriptContent = components["schemas"]["ScriptDraft"]["content"];
type UnansweredAdding = components["schemas"]["UnansweredAdding"];

/** What the designer asks of the server about one script. */

const SCRIPT = "/api/v1/scripts/{script_id}";
const of = (script_id: string) => ({ path: { script_id } });

async function raw(path: string, init: RequestInit = {}): Promise<Response> {
  const sent = await fetch(path, { credentials: "same-origin", ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  });
  if (!sent.ok) throw await problemOf(sent);
  return sent;
}

const drawn = (content: object) => content as unknown as NonNullable<ScriptContent>;

/** A script is the server's own model, for either engine; what is written here may be unfinished. */
const sent = (script: object): { content: ScriptContent } | { brief: ScriptBrief } =>
  "engine" in script && script.engine === "2.0"
    ? { brief: script as unknown as ScriptBrief }
    : { content: drawn(script) };

export const scriptRequests = {
  saveDraft: (script_id: string, content: object, revision: number) =>
    answer(
      client.PUT(`${SCRIPT}/draft`, { params: of(script_id), body: { ...sent(content), revision } }),
    ) as Promise<ScriptDetail>,
  checkScript: (content: object, signal?: AbortSignal) =>
    answer(client.POST("/api/v1/scripts/check", { body: sent(content), signal })),
  publish: (script_id: string, revision: number, note: string) =>
    answer(client.POST(`${SCRIPT}/publish`, { params: of(script_id), body: { revision, note } })),
  rollBack: (script_id: string, number: number) =>
    answer(client.POST(`${SCRIPT}/publish`, { params: of(script_id), body: { number, note: "" } })),
  rename: (script_id: string, name: string) =>
    answer(client.PATCH(SCRIPT, { params: of(script_id), body: { name } })),
  archive: (script_id: string, archived: boolean) =>
    answer(client.PATCH(SCRIPT, { params: of(script_id), body: { archived } })),
  remove: (script_id: string) => client.DELETE(SCRIPT, { params: of(script_id) }),
  copy: (script_id: string, name: string) =>
    answer(client.POST(`${SCRIPT}/copies`, { params: of(script_id), body: { name } })),
  versions: (script_id: string, signal?: AbortSignal) =>
    answer(client.GET(`${SCRIPT}/versions`, { params: of(script_id), signal })),
  version: (script_id: string, number: number, signal?: AbortSignal) =>
    answer(client.GET(`${SCRIPT}/versions/{number}`, { params: { path: { script_id, number } }, signal })),
  restore: (script_id: string, number: number, revision: number) =>
    answer(
      client.POST(`${SCRIPT}/versions/{number}/restore`, {
        params: { path: { script_id, number } },
        body: { revision },
      }),
    ) as Promise<ScriptDetail>,

  chat: (
    asked: { content: object; variables: Record<string, string>; events: ChatEvent[] },
    signal?: AbortSignal,
  ) =>
    answer(
      client.POST("/api/v1/scripts/chat", { body: { ...asked, content: drawn(asked.content) }, signal }),
    ),
  voices: (language: "en" | "zh", signal?: AbortSignal) =>
    answer(client.GET("/api/v1/voices", { params: { query: { language } }, signal })),
  speakText: (asked: { text: string; language: "en" | "zh"; voice: string | null; speed: number }) =>
    answer(client.POST("/api/v1/voices/speak", { body: asked, parseAs: "blob" })) as Promise<Blob>,
  keepRecording: (script_id: string, wav: Blob) =>
    answer(
      client.POST(`${SCRIPT}/recordings`, {
        params: of(script_id),
        ...asForm(new File([wav], "recording.wav", { type: "audio/wav" })),
      }),
    ),
  /** Adds a file's questions to the draft that was seen at `revision`; without one it tells what would change. */
  importKnowledge: (script_id: string, file: File, revision?: number) =>
    answer(
      client.POST(`${SCRIPT}/knowledge/import`, {
        params: { ...of(script_id), query: { revision } },
        ...asForm(file),
      }),
    ) as Promise<KnowledgeImport>,
  unanswered: (script_id: string, signal?: AbortSignal) =>
    answer(client.GET(`${SCRIPT}/unanswered`, { params: of(script_id), signal })),
  addUnanswered: (script_id: string, unanswered_id: string, body: UnansweredAdding) =>
    answer(
      client.POST(`${SCRIPT}/unanswered/{unanswered_id}/add`, {
        params: { path: { script_id, unanswered_id } },
        body,
      }),
    ) as Promise<ScriptDetail>,
  dismissUnanswered: (script_id: string, unanswered_id: string) =>
    answer(
      client.DELETE(`${SCRIPT}/unanswered/{unanswered_id}`, {
        params: { path: { script_id, unanswered_id } },
      }),
    ),
  checkCorrections: (script_id: string, content: object, signal?: AbortSignal) =>
    answer(
      client.POST(`${SCRIPT}/check-corrections`, {
        params: of(script_id),
        body: { content: drawn(content) },
        signal,
      }),
    ),
};

export const recordingOfScriptUrl = (scriptId: string, sha256: string): string =>
  `/api/v1/scripts/${scriptId}/recordings/${sha256}`;
export const sourceUrl = (scriptId: string, version?: number): string =>
  `/api/v1/scripts/${scriptId}/source${version ? `?version=${version}` : ""}`;
export const knowledgeTemplateUrl = (scriptId: string): string =>
  `/api/v1/scripts/${scriptId}/knowledge/template`;

/** What is asked when a brief is tried: the conversation so far, sealed by the server, and what comes next. */
export interface ModelChatAsked {
  brief: object;
  variables: Record<string, string>;
  record: string | null;
  event: ChatEvent | null;
}

/** What is asked when a brief is tried on simulated people; without `begin` only what it would cost. */
export interface ModelCrowdAsked {
  brief: object;
  people: number;
  begin: boolean;
}

/** Yields what a language model's turn brings, line by line, as it comes. */
export const modelChat = (asked: ModelChatAsked, signal: AbortSignal) =>
  streamed<ModelChatLine>("/api/v1/scripts/model-chat", asked, signal);

/** Yields the estimate, each conversation as it ends, and the report. */
export const modelCrowd = (asked: ModelCrowdAsked, signal: AbortSignal) =>
  streamed<ModelCrowdLine>("/api/v1/scripts/model-crowd", asked, signal);

async function* streamed<Line>(path: string, asked: object, signal: AbortSignal): AsyncGenerator<Line> {
  const { body } = await raw(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });
  if (!body) throw unreachable();
  for await (const line of lines(body)) yield JSON.parse(line) as Line;
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const complete = (pending + decoder.decode(value, { stream: true })).split("\n");
    pending = complete.pop() ?? "";
    yield* complete.filter(Boolean);
  }
  if (pending) yield pending;
}
