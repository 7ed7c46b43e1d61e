import { client } from "./client";
import type {
  Chat,
  ChatEvent,
  KeptRecording,
  KnowledgeImported,
  ScriptDetail,
  Unanswered,
  Voice,
} from "./model";
import { problemOf, unreachable } from "./problem";
import { answer } from "./requests";
import type { components } from "./schema";

type ScriptContent = components["schemas"]["ScriptDraft"]["content"];

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

const json = (method: string, body: unknown, signal?: AbortSignal): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers: { "content-type": "application/json" },
  signal,
});

/** A script's content is the server's own model; the designer's is the same with what is unfinished allowed. */
const sent = (content: object): ScriptContent => content as unknown as ScriptContent;

export const scriptRequests = {
  saveDraft: (script_id: string, content: object, revision: number) =>
    answer(
      client.PUT(`${SCRIPT}/draft`, { params: of(script_id), body: { content: sent(content), revision } }),
    ) as Promise<ScriptDetail>,
  checkScript: (content: object, signal?: AbortSignal) =>
    answer(client.POST("/api/v1/scripts/check", { body: { content: sent(content) }, signal })),
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

  chat: async (
    asked: { content: object; variables: Record<string, string>; events: ChatEvent[] },
    signal?: AbortSignal,
  ) => (await raw("/api/v1/scripts/chat", json("POST", asked, signal))).json() as Promise<Chat>,
  voices: async (language: string, signal?: AbortSignal) =>
    (await raw(`/api/v1/voices?language=${language}`, { signal })).json() as Promise<Voice[]>,
  speakText: async (asked: { text: string; language: string; voice: string | null; speed: number }) =>
    (await raw("/api/v1/voices/speak", json("POST", asked))).blob(),
  keepRecording: async (script_id: string, wav: Blob) => {
    const form = new FormData();
    form.append("file", wav, "recording.wav");
    const kept = await raw(`/api/v1/scripts/${script_id}/recordings`, { method: "POST", body: form });
    return (await kept.json()) as KeptRecording;
  },
  importKnowledge: async (script_id: string, file: File) => {
    const form = new FormData();
    form.append("file", file);
    const done = await raw(`/api/v1/scripts/${script_id}/knowledge/import`, { method: "POST", body: form });
    return (await done.json()) as KnowledgeImported;
  },
  unanswered: async (script_id: string, signal?: AbortSignal) =>
    (await raw(`/api/v1/scripts/${script_id}/unanswered`, { signal })).json() as Promise<{
      items: Unanswered[];
    }>,
  dismissUnanswered: (script_id: string, id: string) =>
    raw(`/api/v1/scripts/${script_id}/unanswered/${id}`, { method: "DELETE" }),
};

export const recordingOfScriptUrl = (scriptId: string, sha256: string): string =>
  `/api/v1/scripts/${scriptId}/recordings/${sha256}`;
export const sourceUrl = (scriptId: string, version?: number): string =>
  `/api/v1/scripts/${scriptId}/source${version ? `?version=${version}` : ""}`;
export const knowledgeTemplateUrl = (scriptId: string): string =>
  `/api/v1/scripts/${scriptId}/knowledge/template`;
