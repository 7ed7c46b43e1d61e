import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import type { NewLine } from "./model";
import { answer } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type LineDetail = Schemas["LineDetail"];
export type LineHealth = Schemas["LineHealth"];
export type HomeRegion = Schemas["RegionName"];
export type PolicyGroup = Schemas["PolicyGroup"];
export type BoundLine = Schemas["BoundLine"];
export type Route = Schemas["Route"];
export type RouteLine = Schemas["RouteLine"];
export type LineStanding = RouteLine["standing"];

const LINE = "/api/v1/lines/{line_id}";
const GROUP = "/api/v1/policy-groups/{group_id}";
const line = (line_id: string) => ({ path: { line_id } });
const group = (group_id: string) => ({ path: { group_id } });

/** Changes of lines and policy groups. */
export const lineRequests = {
  change: (id: string, body: NewLine) => answer(client.PUT(LINE, { params: line(id), body })),
  remove: (id: string) => answer(client.DELETE(LINE, { params: line(id) })),
  retire: (id: string) => answer(client.POST(`${LINE}/retirement`, { params: line(id) })),
  takeBack: (id: string) => answer(client.DELETE(`${LINE}/retirement`, { params: line(id) })),
  bind: (id: string, lines: Schemas["BoundLineIn"][]) =>
    answer(client.PUT(`${GROUP}/lines`, { params: group(id), body: { lines } })),
};

/** What is asked about lines and policy groups; a line's news makes all of it stale. */
export const lineQueries = {
  line: (id: string) =>
    queryOptions({
      queryKey: ["lines", "one", id],
      queryFn: ({ signal }) => answer(client.GET(LINE, { params: line(id), signal })),
    }),
  regions: (country: string) =>
    queryOptions({
      queryKey: ["regions", country],
      queryFn: ({ signal }) =>
        answer(client.GET("/api/v1/lines/regions", { params: { query: { country } }, signal })),
      enabled: country !== "",
      staleTime: Number.POSITIVE_INFINITY,
    }),
  groups: () =>
    queryOptions({
      queryKey: ["lines", "groups"],
      queryFn: ({ signal }) => answer(client.GET("/api/v1/policy-groups", { signal })),
    }),
  route: (id: string, phone: string) =>
    queryOptions({
      queryKey: ["lines", "route", id, phone],
      queryFn: ({ signal }) =>
        answer(client.GET(`${GROUP}/route`, { params: { ...group(id), query: { phone } }, signal })),
      enabled: phone !== "",
      placeholderData: keepPreviousData,
      retry: false,
    }),
};
