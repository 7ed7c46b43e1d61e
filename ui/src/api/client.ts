import createClient from "openapi-fetch";
import { problemOf, unreachable } from "./problem";
import type { paths } from "./schema";

/** The typed client: every answer that isn't a success is thrown as a Problem. */
export const client = createClient<paths>({ credentials: "same-origin" });

client.use({
  onResponse: async ({ response }) => {
    if (!response.ok) throw await problemOf(response);
  },
  onError: ({ error }) => {
    const cancelled = error instanceof DOMException && error.name === "AbortError";
    return cancelled ? undefined : unreachable();
  },
});
