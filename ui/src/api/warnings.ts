import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import { answer, given } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type OwnWarning = Schemas["OwnWarning"];
export type WarningKind = OwnWarning["kind"];
export type WarningSettings = Schemas["WarningSettings"];
export type WarningSettingsBase = Schemas["WarningSettingsBase"];

interface WarningFilter {
  standing?: boolean;
  after: string | null;
  limit: number;
}

const ALL = "/api/v1/warnings";

/** Reading one's warnings, and who is told of what. */
export const warningRequests = {
  /** Without ids: all of one's own. */
  read: (ids?: string[]) => answer(client.POST(`${ALL}/read`, { body: ids ? { ids } : {} })),
  changeSettings: (body: WarningSettingsBase) => answer(client.PUT(`${ALL}/settings`, { body })),
};

/** What is asked about one's warnings; their news makes all of it stale. */
export const warningQueries = {
  list: (filter: WarningFilter) =>
    queryOptions({
      queryKey: ["warnings", "list", filter],
      queryFn: ({ signal }) => answer(client.GET(ALL, { params: { query: given(filter) }, signal })),
      placeholderData: keepPreviousData,
    }),
  unread: () =>
    queryOptions({
      queryKey: ["warnings", "unread"],
      queryFn: ({ signal }) => answer(client.GET(`${ALL}/unread`, { signal })),
    }),
  settings: () =>
    queryOptions({
      queryKey: ["warning-settings"],
      queryFn: ({ signal }) => answer(client.GET(`${ALL}/settings`, { signal })),
    }),
};
