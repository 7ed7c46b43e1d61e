import { queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import { answer } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Today = Schemas["Today"];
export type HourOfDay = Schemas["HourOfDay"];
export type Beginning = Schemas["Beginning"];

/** What is asked about the company's day. */
export const todayQueries = {
  day: () =>
    queryOptions({
      queryKey: ["today"],
      queryFn: ({ signal }) => answer(client.GET("/api/v1/today", { signal })),
    }),
};
