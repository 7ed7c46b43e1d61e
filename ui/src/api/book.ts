import { queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import { answer } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type CustomField = Schemas["CustomField"];
export type FieldKind = CustomField["kind"];
export type NewCustomField = Schemas["NewCustomField"];
export type ChangedCustomField = Schemas["ChangedCustomField"];

const FIELDS = "/api/v1/custom-fields";

/** What is done to the customer book as a whole. */
export const bookRequests = {
  addField: (body: NewCustomField) => answer(client.POST(FIELDS, { body })),
  changeField: (field_id: string, body: ChangedCustomField) =>
    answer(client.PUT(`${FIELDS}/{field_id}`, { params: { path: { field_id } }, body })),
  orderFields: (ids: string[]) => answer(client.PUT(`${FIELDS}/order`, { body: { ids } })),
};

/** What is asked about the customer book as a whole. */
export const bookQueries = {
  /** With those that are no longer in use, last. */
  fields: () =>
    queryOptions({
      queryKey: ["custom-fields"],
      queryFn: ({ signal }) => answer(client.GET(FIELDS, { params: { query: { retired: true } }, signal })),
    }),
};
