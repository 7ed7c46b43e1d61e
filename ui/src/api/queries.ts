import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type CallFilter, type Paging, requests } from "./requests";

/** What is asked of the server, each with the key under which the answer is kept. */
export const queries = {
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => requests.me(signal), retry: false }),

  tasks: (filters: { state?: string | null; name?: string | null } & Paging) =>
    queryOptions({
      queryKey: ["tasks", filters],
      queryFn: ({ signal }) => requests.tasks(filters, signal),
      placeholderData: keepPreviousData,
    }),
  task: (id: string) =>
    queryOptions({ queryKey: ["task", id], queryFn: ({ signal }) => requests.task(id, signal) }),
  customers: (id: string, filters: { state?: string | null; text?: string | null } & Paging) =>
    queryOptions({
      queryKey: ["customers", id, filters],
      queryFn: ({ signal }) => requests.customers(id, filters, signal),
      placeholderData: keepPreviousData,
    }),

  calls: (taskId: string | null, filters: CallFilter & Paging) =>
    queryOptions({
      queryKey: ["calls", taskId ?? "all", filters],
      queryFn: ({ signal }) => requests.calls(taskId, filters, signal),
      placeholderData: keepPreviousData,
    }),
  call: (id: string) =>
    queryOptions({ queryKey: ["call", id], queryFn: ({ signal }) => requests.call(id, signal) }),

  scripts: (filters: { name?: string | null } & Paging) =>
    queryOptions({
      queryKey: ["scripts", filters],
      queryFn: ({ signal }) => requests.scripts(filters, signal),
      placeholderData: keepPreviousData,
    }),
  script: (id: string) =>
    queryOptions({ queryKey: ["script", id], queryFn: ({ signal }) => requests.script(id, signal) }),

  lines: (filters: Paging) =>
    queryOptions({
      queryKey: ["lines", filters],
      queryFn: ({ signal }) => requests.lines(filters, signal),
      placeholderData: keepPreviousData,
    }),
  aiSeats: () => queryOptions({ queryKey: ["ai-seats"], queryFn: ({ signal }) => requests.aiSeats(signal) }),
};
