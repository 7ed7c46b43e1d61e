import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import { answer, given } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type BoundChat = Schemas["BoundChat"];
export type ChatKind = Schemas["ChatKind"];
export type NewChat = Schemas["NewChat"];
export type Push = Schemas["Push"];
export type WeChatAccount = Schemas["WeChatAccount"];
export type WeChatAccountDraft = Schemas["WeChatAccountDraft"];
export type WeChatCode = Schemas["WeChatCode"];
export type WeChatPart = Schemas["Part"];
export type PushState = Push["state"];
export type TaskPush = Schemas["TaskPush"];

export const PUSH_STATES: readonly PushState[] = ["waiting", "sending", "delivered", "failed"];

interface PushFilter {
  state: PushState | null;
  after: string | null;
  limit: number;
}

const LOOK_EVERY_MS = 1500;
const LOOK_NOW_AND_THEN_MS = 15_000;
const CHATS = "/api/v1/chats";
const CHAT = `${CHATS}/{chat_id}` as const;
const ACCOUNT = "/api/v1/wechat-account";
const CODES = `${CHATS}/wechat-codes` as const;
const chat = (chat_id: string) => ({ path: { chat_id } });

/** How often to look at pushes: often while one is about to go, seldom while its next try is far off. */
function lookAgain(pushes: readonly Push[]): number | false {
  const going = pushes.filter(({ state }) => state === "waiting" || state === "sending");
  if (going.length === 0) return false;
  const soon = Date.now() + LOOK_NOW_AND_THEN_MS;
  return going.some(({ next_at }) => Date.parse(next_at) < soon) ? LOOK_EVERY_MS : LOOK_NOW_AND_THEN_MS;
}

const testsOf = (chats: readonly BoundChat[]): Push[] => chats.flatMap(({ test }) => (test ? [test] : []));

/** Changes of one's own chats, and sending. */
export const chatRequests = {
  bind: (body: NewChat) => answer(client.POST(CHATS, { body })),
  rename: (id: string, name: string) => answer(client.PUT(CHAT, { params: chat(id), body: { name } })),
  unbind: (id: string) => answer(client.DELETE(CHAT, { params: chat(id) })),
  test: (id: string) => answer(client.POST(`${CHAT}/test`, { params: chat(id) })),
  showCode: (name: string) => answer(client.POST(CODES, { body: { name } })),
  saveAccount: (body: WeChatAccountDraft) => answer(client.PUT(ACCOUNT, { body })),
  removeAccount: () => answer(client.DELETE(ACCOUNT)),
  sendAgain: (push_id: string) =>
    answer(client.POST("/api/v1/pushes/{push_id}/again", { params: { path: { push_id } } })),
};

/** What is asked about chats, and about what people were told there. */
export const chatQueries = {
  own: () =>
    queryOptions({
      queryKey: ["chats"],
      queryFn: ({ signal }) => answer(client.GET(CHATS, { signal })),
      refetchInterval: ({ state }) => lookAgain(testsOf(state.data ?? [])),
    }),
  kinds: () =>
    queryOptions({
      queryKey: ["chat-kinds"],
      queryFn: ({ signal }) => answer(client.GET(`${CHATS}/kinds`, { signal })),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  account: () =>
    queryOptions({
      queryKey: ["wechat-account"],
      queryFn: ({ signal }) => answer(client.GET(ACCOUNT, { signal })),
    }),
  code: (code_id: string) =>
    queryOptions({
      queryKey: ["wechat-code", code_id],
      queryFn: ({ signal }) =>
        answer(client.GET(`${CODES}/{code_id}`, { params: { path: { code_id } }, signal })),
      refetchInterval: ({ state }) => (state.data && state.data.state !== "waiting" ? false : LOOK_EVERY_MS),
    }),
  pushers: () =>
    queryOptions({
      queryKey: ["pushers"],
      queryFn: ({ signal }) => answer(client.GET("/api/v1/pushers", { signal })),
    }),
  pushes: (filter: PushFilter) =>
    queryOptions({
      queryKey: ["pushes", "all", filter],
      queryFn: ({ signal }) =>
        answer(client.GET("/api/v1/pushes", { params: { query: given(filter) }, signal })),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => lookAgain(state.data?.items ?? []),
    }),
  ofCall: (call_id: string) =>
    queryOptions({
      queryKey: ["pushes", "call", call_id],
      queryFn: ({ signal }) =>
        answer(client.GET("/api/v1/calls/{call_id}/pushes", { params: { path: { call_id } }, signal })),
      refetchInterval: ({ state }) => lookAgain(state.data ?? []),
    }),
  link: (token: string) =>
    queryOptions({
      queryKey: ["push-link", token],
      queryFn: ({ signal }) => answer(client.POST("/api/v1/push-links", { body: { token }, signal })),
      retry: false,
    }),
};
