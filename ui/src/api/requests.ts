import { http } from "./http";
import type {
  AiSeats,
  Call,
  CallSummary,
  ImportResult,
  Language,
  Line,
  Me,
  Page,
  Script,
  ScriptDetail,
  Task,
  TaskCustomer,
  TaskSummary,
} from "./model";

export interface Paging {
  after?: string | null;
  limit?: number;
}

export interface CallFilter {
  phone_state?: string | null;
  grade?: string | null;
  text?: string | null;
  min_talk_ms?: number | null;
}

export interface NewTask {
  name: string;
  script_id: string;
  line_id: string;
  concurrency: number;
}

export interface NewLine {
  name: string;
  kind: Line["kind"];
  carrier_host: string;
  carrier_port: number;
  username?: string | null;
  password?: string | null;
  register: boolean;
  caller_number: string;
  channels: number;
  ring_timeout_s: number;
}

export interface NewCustomer {
  phone: string;
  name: string;
  variables: Record<string, string>;
}

export type TaskVerb = "start" | "pause" | "resume" | "finish";

type Filters<T> = T & Paging;
const query = (filters: object) => filters as Record<string, string | number | null | undefined>;

export const requests = {
  me: (signal?: AbortSignal) => http.get<Me>("/session", {}, signal),
  signIn: (email: string, password: string) => http.post<Me>("/session", { email, password }),
  signOut: () => http.delete<void>("/session"),
  speak: (language: Language) => http.patch<Me>("/session", { language }),

  tasks: (filters: Filters<{ state?: string | null; name?: string | null }>, signal?: AbortSignal) =>
    http.get<Page<TaskSummary>>("/tasks", query(filters), signal),
  task: (id: string, signal?: AbortSignal) => http.get<Task>(`/tasks/${id}`, {}, signal),
  createTask: (task: NewTask) => http.post<Task>("/tasks", task),
  command: (id: string, verb: TaskVerb) => http.post<Task>(`/tasks/${id}/${verb}`),
  importCustomers: (id: string, file: File) => http.upload<ImportResult>(`/tasks/${id}/imports`, file),
  addCustomer: (id: string, customer: NewCustomer) =>
    http.post<TaskCustomer>(`/tasks/${id}/customers`, customer),
  customers: (
    id: string,
    filters: Filters<{ state?: string | null; text?: string | null }>,
    signal?: AbortSignal,
  ) => http.get<Page<TaskCustomer>>(`/tasks/${id}/customers`, query(filters), signal),

  calls: (taskId: string | null, filters: Filters<CallFilter>, signal?: AbortSignal) =>
    http.get<Page<CallSummary>>(taskId ? `/tasks/${taskId}/calls` : "/calls", query(filters), signal),
  call: (id: string, signal?: AbortSignal) => http.get<Call>(`/calls/${id}`, {}, signal),

  scripts: (filters: Filters<{ name?: string | null }>, signal?: AbortSignal) =>
    http.get<Page<Script>>("/scripts", query(filters), signal),
  script: (id: string, signal?: AbortSignal) => http.get<ScriptDetail>(`/scripts/${id}`, {}, signal),
  uploadScript: (source: string, name?: string) => http.post<Script>("/scripts", { name, source }),
  publishScript: (id: string) => http.post<Script>(`/scripts/${id}/publish`),

  lines: (filters: Paging, signal?: AbortSignal) => http.get<Page<Line>>("/lines", query(filters), signal),
  createLine: (line: NewLine) => http.post<Line>("/lines", line),
  aiSeats: (signal?: AbortSignal) => http.get<AiSeats>("/ai-seats", {}, signal),
};

export const recordingUrl = (callId: string): string => `/api/v1/calls/${callId}/recording`;
export const templateUrl = (taskId: string): string => `/api/v1/tasks/${taskId}/template`;
