import { Problem, problemOf, unreachable } from "./problem";

const BASE = "/api/v1";

type Query = Record<string, string | number | null | undefined>;

/** The address of an API resource, without the empty parts of `query`. */
export function address(path: string, query: Query = {}): string {
  const parts = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  const search = new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString();
  return BASE + path + (search ? `?${search}` : "");
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable();
  }
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await answered(path, init);
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

export const http = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
    send(address(path, query), { signal }),
  post: <T>(path: string, body: unknown = {}): Promise<T> => send(address(path), json("POST", body)),
  patch: <T>(path: string, body: unknown): Promise<T> => send(address(path), json("PATCH", body)),
  delete: <T>(path: string): Promise<T> => send(address(path), { method: "DELETE" }),
  upload: <T>(path: string, file: File): Promise<T> => {
    const form = new FormData();
    form.append("file", file);
    return send(address(path), { method: "POST", body: form });
  },
};

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;
