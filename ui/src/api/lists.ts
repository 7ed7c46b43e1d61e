import { queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import { answer } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type ListName = Schemas["ListName"];
export type ListColumnChoice = Schemas["ListColumnChoice"];
export type SavedView = Schemas["SavedView"];
export type NewView = Schemas["NewView"];
export type ViewDraft = Schemas["ViewDraft"];
export type ChosenColumns = Partial<Record<ListName, ListColumnChoice>>;

const COLUMNS = "/api/v1/list-columns";
const VIEWS = "/api/v1/saved-views";
const VIEW = `${VIEWS}/{view_id}` as const;
const KEPT_MS = 60_000;

/** How people like to see lists. */
export const listRequests = {
  chooseColumns: (list: ListName, columns: ListColumnChoice) =>
    client.PUT(COLUMNS, { body: { list, columns } }),
  saveView: (body: NewView) => answer(client.POST(VIEWS, { body })),
  changeView: (view_id: string, body: ViewDraft) =>
    answer(client.PUT(VIEW, { params: { path: { view_id } }, body })),
  removeView: (view_id: string) => client.DELETE(VIEW, { params: { path: { view_id } } }),
};

export const listQueries = {
  /** What one chose for every list: asked for once for the whole console. */
  columns: () =>
    queryOptions({
      queryKey: ["list-columns"],
      queryFn: ({ signal }): Promise<ChosenColumns> => answer(client.GET(COLUMNS, { signal })),
      staleTime: KEPT_MS,
    }),
  views: (list: ListName) =>
    queryOptions({
      queryKey: ["saved-views", list],
      queryFn: ({ signal }) => answer(client.GET(VIEWS, { params: { query: { list } }, signal })),
      staleTime: KEPT_MS,
    }),
};
