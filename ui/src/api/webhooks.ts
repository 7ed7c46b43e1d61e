import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import { answer, given } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Webhook = Schemas["Webhook"];
export type WebhookDraft = Schemas["WebhookDraft"];
export type MadeWebhook = Schemas["MadeWebhook"];
export type Delivery = Schemas["Delivery"];
export type DeliveryState = Delivery["state"];

interface DeliveryFilter {
  state: DeliveryState | null;
  after: string | null;
  limit: number;
}

const LOOK_EVERY_MS = 1500;
const LOOK_NOW_AND_THEN_MS = 15_000;
const ALL = "/api/v1/webhooks";
const ONE = `${ALL}/{webhook_id}` as const;
const SENT = `${ONE}/deliveries` as const;
const webhook = (webhook_id: string) => ({ path: { webhook_id } });
const delivery = (webhook_id: string, delivery_id: string) => ({ path: { webhook_id, delivery_id } });

/** How often to look at what was sent: often while something is about to go, seldom while its next try is far off. */
function lookAgain(sent: readonly Delivery[]): number | false {
  const waiting = sent.filter(({ state }) => state === "waiting");
  if (waiting.length === 0) return false;
  const soon = Date.now() + LOOK_NOW_AND_THEN_MS;
  return waiting.some(({ next_at }) => Date.parse(next_at) < soon) ? LOOK_EVERY_MS : LOOK_NOW_AND_THEN_MS;
}

/** Changes of webhooks, and sending. */
export const webhookRequests = {
  make: (body: WebhookDraft) => answer(client.POST(ALL, { body })),
  change: (id: string, body: WebhookDraft) => answer(client.PUT(ONE, { params: webhook(id), body })),
  remove: (id: string) => answer(client.DELETE(ONE, { params: webhook(id) })),
  changeSecret: (id: string) => answer(client.POST(`${ONE}/secret`, { params: webhook(id) })),
  test: (id: string) => answer(client.POST(`${ONE}/test`, { params: webhook(id) })),
  replay: (id: string, deliveryId: string) =>
    answer(client.POST(`${SENT}/{delivery_id}/replay`, { params: delivery(id, deliveryId) })),
};

/** What is asked about webhooks. */
export const webhookQueries = {
  all: () =>
    queryOptions({
      queryKey: ["webhooks"],
      queryFn: ({ signal }) => answer(client.GET(ALL, { signal })),
    }),
  kinds: () =>
    queryOptions({
      queryKey: ["webhook-kinds"],
      queryFn: ({ signal }) => answer(client.GET(`${ALL}/kinds`, { signal })),
    }),
  one: (id: string) =>
    queryOptions({
      queryKey: ["webhooks", id],
      queryFn: ({ signal }) => answer(client.GET(ONE, { params: webhook(id), signal })),
    }),
  deliveries: (id: string, filter: DeliveryFilter) =>
    queryOptions({
      queryKey: ["webhooks", id, "deliveries", filter],
      queryFn: ({ signal }) =>
        answer(client.GET(SENT, { params: { ...webhook(id), query: given(filter) }, signal })),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => lookAgain(state.data?.items ?? []),
    }),
  delivery: (id: string, deliveryId: string) =>
    queryOptions({
      queryKey: ["webhooks", id, "delivery", deliveryId],
      queryFn: ({ signal }) =>
        answer(client.GET(`${SENT}/{delivery_id}`, { params: delivery(id, deliveryId), signal })),
      refetchInterval: ({ state }) => lookAgain(state.data ? [state.data] : []),
    }),
};
