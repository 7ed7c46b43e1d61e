import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client";
import { answer, given } from "./requests";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Balance = Schemas["Balance"];
export type LedgerEntry = Schemas["LedgerEntry"];
export type MovementKind = LedgerEntry["kind"];
export type Spent = Schemas["Spent"];
export type SpentBy = Schemas["By"];
export type Company = Schemas["Company"];
export type NewMovement = Schemas["NewMovement"];
export type NewSeatPack = Schemas["NewSeatPack"];

interface LedgerWanted {
  kind: MovementKind | null;
  task_id: string | null;
  first: string | null;
  last: string | null;
}

interface LedgerFilter extends LedgerWanted {
  after: string | null;
  limit: number;
}

interface SpendingFilter {
  by: SpentBy;
  first: string;
  last: string;
}

export const moneyQueries = {
  balance: () =>
    queryOptions({
      queryKey: ["money", "balance"],
      queryFn: ({ signal }) => answer(client.GET("/api/v1/balance", { signal })),
    }),
  ledger: (filter: LedgerFilter) =>
    queryOptions({
      queryKey: ["money", "ledger", filter],
      queryFn: ({ signal }) =>
        answer(client.GET("/api/v1/ledger", { params: { query: given(filter) }, signal })),
      placeholderData: keepPreviousData,
    }),
  spending: (filter: SpendingFilter) =>
    queryOptions({
      queryKey: ["money", "spending", filter],
      queryFn: ({ signal }) =>
        answer(client.GET("/api/v1/spending", { params: { query: given(filter) }, signal })),
      placeholderData: keepPreviousData,
    }),
};

export function ledgerExportUrl(wanted: LedgerWanted): string {
  const query = new URLSearchParams(
    Object.entries(wanted).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  return `/api/v1/ledger/export${query ? `?${query}` : ""}`;
}

const COMPANIES = "/api/v1/installation/tenants";
const COMPANY = `${COMPANIES}/{tenant_id}` as const;
const company = (tenant_id: string) => ({ path: { tenant_id } });

/** What the operator of the installation asks about its companies. */
export const companyQueries = {
  all: () =>
    queryOptions({
      queryKey: ["companies"],
      queryFn: ({ signal }) => answer(client.GET(COMPANIES, { signal })),
    }),
  groups: (id: string) =>
    queryOptions({
      queryKey: ["companies", id, "groups"],
      queryFn: ({ signal }) =>
        answer(client.GET(`${COMPANY}/policy-groups`, { params: company(id), signal })),
    }),
  seats: (id: string) =>
    queryOptions({
      queryKey: ["companies", id, "seats"],
      queryFn: ({ signal }) => answer(client.GET(`${COMPANY}/ai-seats`, { params: company(id), signal })),
    }),
  ledger: (id: string) =>
    queryOptions({
      queryKey: ["companies", id, "ledger"],
      queryFn: ({ signal }) => answer(client.GET(`${COMPANY}/ledger`, { params: company(id), signal })),
    }),
};

/** What the operator gives to a company. */
export const companyRequests = {
  createGroup: (id: string, name: string) =>
    answer(client.POST(`${COMPANY}/policy-groups`, { params: company(id), body: { name } })),
  deleteGroup: (tenant_id: string, group_id: string) =>
    answer(
      client.DELETE(`${COMPANY}/policy-groups/{group_id}`, { params: { path: { tenant_id, group_id } } }),
    ),
  openPack: (id: string, body: NewSeatPack) =>
    answer(client.POST(`${COMPANY}/ai-seat-packs`, { params: company(id), body })),
  enter: (id: string, body: NewMovement) =>
    answer(client.POST(`${COMPANY}/ledger`, { params: company(id), body })),
};
