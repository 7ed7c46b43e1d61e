import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import { answer, given } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Message = Schemas["Message"];
export type MessageState = Schemas["MessageState"];
export type MessageKind = Schemas["MessageKind"];
export type MessageTemplate = Schemas["MessageTemplate"];
export type TemplateVersion = Schemas["MessageTemplateVersion"];
export type TemplateState = Schemas["TemplateState"];
export type TemplateDraft = Schemas["MessageTemplateDraft"];
export type MessageOptOut = Schemas["MessageOptOut"];
export type OptOutStanding = "listed" | "removed" | "all";
export type MessageHours = Schemas["MessageHours"];
export type MessageAccount = Schemas["MessageAccount"];
export type Submission = Schemas["MessageSubmission"];
export type MessageChannel = Schemas["MessageChannel"];
export type ChannelDraft = Schemas["MessageChannelDraft"];
export type CompanyAccountDraft = Schemas["CompanyMessageAccountDraft"];

export const MESSAGE_KINDS: readonly MessageKind[] = ["marketing", "financial", "service"];
export const MESSAGE_STATES: readonly MessageState[] = [
  "queued",
  "held",
  "sending",
  "sent",
  "delivered",
  "failed",
  "unsent",
];

export const OPT_OUT_STANDINGS: readonly OptOutStanding[] = ["listed", "removed", "all"];

interface OptOutFilter {
  state: OptOutStanding;
  text: string | null;
  after: string | null;
  limit: number;
}

interface MessageFilter {
  state: MessageState | null;
  after: string | null;
  limit: number;
}

const TEMPLATES = "/api/v1/message-templates";
const TEMPLATE = `${TEMPLATES}/{template_id}` as const;
const template = (template_id: string) => ({ path: { template_id } });
const REVIEW = "/api/v1/installation/message-templates";
const CHANNELS = "/api/v1/installation/message-channels";
const CHANNEL = `${CHANNELS}/{channel_id}` as const;
const channel = (channel_id: string) => ({ path: { channel_id } });
const ACCOUNT = "/api/v1/installation/tenants/{tenant_id}/message-account";
const company = (tenant_id: string) => ({ path: { tenant_id } });

/** What is asked about messages and their templates. */
export const messageQueries = {
  sent: (filter: MessageFilter) =>
    queryOptions({
      queryKey: ["messages", "sent", filter],
      queryFn: ({ signal }) =>
        answer(client.GET("/api/v1/messages", { params: { query: given(filter) }, signal })),
      placeholderData: keepPreviousData,
    }),
  optOuts: (filter: OptOutFilter) =>
    queryOptions({
      queryKey: ["messages", "opt-outs", filter],
      queryFn: ({ signal }) =>
        answer(client.GET("/api/v1/message-opt-outs", { params: { query: given(filter) }, signal })),
      placeholderData: keepPreviousData,
    }),
  hours: () =>
    queryOptions({
      queryKey: ["messages", "hours"],
      queryFn: ({ signal }) => answer(client.GET("/api/v1/message-hours", { signal })),
    }),
  ofCall: (call_id: string) =>
    queryOptions({
      queryKey: ["messages", "call", call_id],
      queryFn: ({ signal }) =>
        answer(client.GET("/api/v1/calls/{call_id}/messages", { params: { path: { call_id } }, signal })),
    }),
  templates: () =>
    queryOptions({
      queryKey: ["messages", "templates"],
      queryFn: ({ signal }) => answer(client.GET(TEMPLATES, { signal })),
    }),
  account: () =>
    queryOptions({
      queryKey: ["messages", "account"],
      queryFn: ({ signal }) => answer(client.GET(`${TEMPLATES}/account`, { signal })),
    }),
  preview: (kind: MessageKind, text: string) =>
    queryOptions({
      queryKey: ["messages", "preview", kind, text],
      queryFn: ({ signal }) => answer(client.POST(`${TEMPLATES}/preview`, { body: { kind, text }, signal })),
      enabled: text.trim() !== "",
      placeholderData: keepPreviousData,
      retry: false,
    }),
  submissions: () =>
    queryOptions({
      queryKey: ["messages", "submissions"],
      queryFn: ({ signal }) => answer(client.GET(REVIEW, { signal })),
    }),
  channels: () =>
    queryOptions({
      queryKey: ["messages", "channels"],
      queryFn: ({ signal }) => answer(client.GET(CHANNELS, { signal })),
      refetchInterval: 10_000,
    }),
  companyAccount: (id: string) =>
    queryOptions({
      queryKey: ["messages", "company", id],
      queryFn: ({ signal }) => answer(client.GET(ACCOUNT, { params: company(id), signal })),
    }),
};

/** Changes of templates, and the operator's decisions and channels. */
export const messageRequests = {
  make: (body: TemplateDraft) => answer(client.POST(TEMPLATES, { body })),
  change: (id: string, body: TemplateDraft) => answer(client.PUT(TEMPLATE, { params: template(id), body })),
  retire: (id: string) => answer(client.DELETE(TEMPLATE, { params: template(id) })),
  takeBackOptOut: ({ id: opt_out_id, at }: MessageOptOut, why: string) =>
    answer(
      client.POST("/api/v1/message-opt-outs/{opt_out_id}/removal", {
        params: { path: { opt_out_id } },
        body: { at, why },
      }),
    ),
  setHours: (body: MessageHours) => answer(client.PUT("/api/v1/message-hours", { body })),
  handIn: (id: string) => answer(client.POST(`${TEMPLATE}/submission`, { params: template(id) })),
  takeBack: (id: string) => answer(client.DELETE(`${TEMPLATE}/submission`, { params: template(id) })),
  approve: (version_id: string) =>
    answer(client.POST(`${REVIEW}/{version_id}/approval`, { params: { path: { version_id } } })),
  reject: (version_id: string, reason: string) =>
    answer(
      client.POST(`${REVIEW}/{version_id}/rejection`, { params: { path: { version_id } }, body: { reason } }),
    ),
  makeChannel: (body: ChannelDraft) => answer(client.POST(CHANNELS, { body })),
  changeChannel: (id: string, body: ChannelDraft) =>
    answer(client.PUT(CHANNEL, { params: channel(id), body })),
  setAccount: (id: string, body: CompanyAccountDraft) =>
    answer(client.PUT(ACCOUNT, { params: company(id), body })),
};
