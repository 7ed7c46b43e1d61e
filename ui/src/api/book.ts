import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import type { BookFilter, Page } from "./model";
import { isUnderWay } from "./queries";
import { answer, given } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type CustomField = Schemas["CustomField"];
export type FieldKind = CustomField["kind"];
export type NewCustomField = Schemas["NewCustomField"];
export type ChangedCustomField = Schemas["ChangedCustomField"];
export type BulkChange = Schemas["BulkChange"];
export type NewBulkChange = Schemas["NewBulkChange"];
export type MergeCustomers = Schemas["MergeCustomers"];
export type DuplicateCustomers = Schemas["DuplicateCustomers"];
export type BookAsked = Schemas["BookAsked"];
export type BookOrder = Schemas["BookOrder"];
export type TimelineEntry = Schemas["Timeline"]["items"][number];
export type TimelineKind = TimelineEntry["kind"];

const TIMELINE_PAGE = 30;
const LOOK_EVERY_MS = 700;
const BULK = "/api/v1/customers/bulk-changes";
const FIELDS = "/api/v1/custom-fields";

/** What is done to the customer book as a whole. */
export const bookRequests = {
  addField: (body: NewCustomField) => answer(client.POST(FIELDS, { body })),
  changeField: (field_id: string, body: ChangedCustomField) =>
    answer(client.PUT(`${FIELDS}/{field_id}`, { params: { path: { field_id } }, body })),
  merge: (customer_id: string, body: MergeCustomers) =>
    answer(client.POST("/api/v1/customers/{customer_id}/merge", { params: { path: { customer_id } }, body })),
  changeMany: (body: NewBulkChange) => answer(client.POST(BULK, { body })),
  undo: (bulk_change_id: string) =>
    answer(client.POST(`${BULK}/{bulk_change_id}/undo`, { params: { path: { bulk_change_id } } })),
  orderFields: (ids: string[]) => answer(client.PUT(`${FIELDS}/order`, { body: { ids } })),
};

/** Whether a worker is still at it. */
export const isChanging = (change: BulkChange | undefined): boolean =>
  isUnderWay(change) || change?.state === "undoing";

/** What is asked about the customer book as a whole. */
export const bookQueries = {
  count: (filter: BookAsked) =>
    queryOptions({
      queryKey: ["book", "count", filter],
      queryFn: ({ signal }) =>
        answer(
          client.GET("/api/v1/customers/count", { params: { query: given(filter) as BookFilter }, signal }),
        ),
    }),
  /** What happened with a customer, of these kinds or of all where none is named. */
  timeline: (customer_id: string, kind: TimelineKind[]) =>
    infiniteQueryOptions({
      queryKey: ["timeline", customer_id, kind],
      queryFn: ({ signal, pageParam }) =>
        answer(
          client.GET("/api/v1/customers/{customer_id}/timeline", {
            params: { path: { customer_id }, query: given({ kind, after: pageParam, limit: TIMELINE_PAGE }) },
            signal,
          }),
        ),
      initialPageParam: null as string | null,
      getNextPageParam: ({ next }) => next,
    }),
  /** Groups behind the value `after`; compared by name, or by a field. */
  duplicates: (field: string | null, after: string | null) =>
    queryOptions({
      queryKey: ["book", "duplicates", field, after],
      queryFn: ({ signal }) =>
        answer(
          client.GET("/api/v1/customers/duplicates", { params: { query: given({ field, after }) }, signal }),
        ),
    }),
  bulkChange: (bulk_change_id: string) =>
    queryOptions({
      queryKey: ["bulk-change", bulk_change_id],
      queryFn: ({ signal }) =>
        answer(client.GET(`${BULK}/{bulk_change_id}`, { params: { path: { bulk_change_id } }, signal })),
      refetchInterval: ({ state }) => (isChanging(state.data) ? LOOK_EVERY_MS : false),
    }),
  bulkChanges: () =>
    queryOptions({
      queryKey: ["bulk-changes"],
      queryFn: ({ signal }): Promise<Page<BulkChange>> =>
        answer(client.GET(BULK, { params: { query: { limit: 50 } }, signal })),
      refetchInterval: ({ state }) => (state.data?.items.some(isChanging) ? LOOK_EVERY_MS * 2 : false),
    }),
  /** With those that are no longer in use, last. */
  fields: () =>
    queryOptions({
      queryKey: ["custom-fields"],
      queryFn: ({ signal }) => answer(client.GET(FIELDS, { params: { query: { retired: true } }, signal })),
    }),
};
