import { client } from "./client";
import type {
  BookFilter,
  CallFilter,
  CallingSettings,
  ChangedCustomer,
  ChosenCustomers,
  CrowdFilter,
  CustomerFilter,
  ExportFilter,
  ImportFilter,
  Language,
  LineFilter,
  ListedFilter,
  NewConsent,
  NewCrowd,
  NewCustomer,
  NewExport,
  NewLine,
  NewMove,
  NewTask,
  NumberList,
  PhoneState,
  Ring,
  ScriptDetail,
  ScriptFilter,
  StartImport,
  TaskFilter,
} from "./model";

export type TaskVerb = "start" | "pause" | "resume" | "finish";

const CUSTOMER = "/api/v1/customers/{customer_id}";
const TASK = "/api/v1/tasks/{task_id}";
const MOVE = "/api/v1/tasks/{task_id}/moves/{move_id}";
const IMPORT = "/api/v1/imports/{import_id}";
const EXPORT = "/api/v1/exports/{export_id}";
const LISTS = { own: "/api/v1/do-not-call", installation: "/api/v1/installation/do-not-call" } as const;

/** The body of an answer; the client has thrown already where there is none. */
export async function answer<T>(request: Promise<{ data?: T }>): Promise<T> {
  return (await request).data as T;
}

/** A filter without the parts that ask for nothing. */
export function given<Filter extends object>(filter: Filter): Filter {
  const parts = Object.entries(filter).filter(
    ([, value]) => value !== "" && value !== null && value !== undefined,
  );
  return Object.fromEntries(parts) as Filter;
}

/** A file as the one part of a form; what the typed client would write as JSON stands in for nothing. */
export const asForm = (file: File) => ({
  body: { file: "" },
  bodySerializer: () => {
    const form = new FormData();
    form.append("file", file);
    return form;
  },
});

const task = (task_id: string) => ({ path: { task_id } });

export const requests = {
  me: (signal?: AbortSignal) => answer(client.GET("/api/v1/session", { signal })),
  signIn: (email: string, password: string) =>
    answer(client.POST("/api/v1/session", { body: { email, password } })),
  features: (signal?: AbortSignal) => answer(client.GET("/api/v1/features", { signal })),
  signOut: () => client.DELETE("/api/v1/session"),
  speak: (language: Language) => answer(client.PATCH("/api/v1/session", { body: { language } })),

  tasks: (filter: TaskFilter, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/tasks", { params: { query: given(filter) }, signal })),
  task: (id: string, signal?: AbortSignal) => answer(client.GET(TASK, { params: task(id), signal })),
  createTask: (body: NewTask, key: string) =>
    answer(client.POST("/api/v1/tasks", { body, params: { header: { "idempotency-key": key } } })),
  command: (id: string, verb: TaskVerb) => answer(client.POST(`${TASK}/${verb}`, { params: task(id) })),
  askDryRun: (id: string, signal?: AbortSignal) =>
    answer(client.POST(`${TASK}/dry-run`, { params: task(id), signal })),
  dryRun: (id: string, signal?: AbortSignal) =>
    answer(client.GET(`${TASK}/dry-run`, { params: task(id), signal })),
  callOffDryRun: (id: string) => answer(client.DELETE(`${TASK}/dry-run`, { params: task(id) })),
  comparison: (id: string, good: string[], signal?: AbortSignal) =>
    answer(client.GET(`${TASK}/comparison`, { params: { ...task(id), query: { good } }, signal })),
  playVersion: (id: string, version: number) =>
    answer(client.PUT(`${TASK}/script-version`, { params: task(id), body: { version } })),
  giveRestTo: (task_id: string, arm_id: string) =>
    answer(client.POST(`${TASK}/arms/{arm_id}/rest`, { params: { path: { task_id, arm_id } } })),
  imports: (query: ImportFilter, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/imports", { params: { query: given(query) }, signal })),
  import: (import_id: string, signal?: AbortSignal) =>
    answer(client.GET(IMPORT, { params: { path: { import_id } }, signal })),
  importPreview: (import_id: string, signal?: AbortSignal) =>
    answer(client.GET(`${IMPORT}/preview`, { params: { path: { import_id } }, signal })),
  importFaults: (import_id: string, signal?: AbortSignal) =>
    answer(client.GET(`${IMPORT}/faults`, { params: { path: { import_id } }, signal })),
  startImport: (import_id: string, body: StartImport) =>
    answer(client.POST(`${IMPORT}/start`, { params: { path: { import_id } }, body })),
  callOffImport: (import_id: string) =>
    answer(client.POST(`${IMPORT}/cancel`, { params: { path: { import_id } } })),
  exports: (query: ExportFilter, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/exports", { params: { query: given(query) }, signal })),
  export: (export_id: string, signal?: AbortSignal) =>
    answer(client.GET(EXPORT, { params: { path: { export_id } }, signal })),
  askForExport: (body: NewExport) => answer(client.POST("/api/v1/exports", { body })),
  callOffExport: (export_id: string) =>
    answer(client.POST(`${EXPORT}/cancel`, { params: { path: { export_id } } })),
  addCustomer: (id: string, body: NewCustomer, key: string) =>
    answer(
      client.POST(`${TASK}/customers`, { params: { ...task(id), header: { "idempotency-key": key } }, body }),
    ),
  customers: (id: string, filter: CustomerFilter, signal?: AbortSignal) =>
    answer(client.GET(`${TASK}/customers`, { params: { ...task(id), query: given(filter) }, signal })),

  customerHistory: (task_id: string, task_customer_id: string, signal?: AbortSignal) =>
    answer(
      client.GET(`${TASK}/customers/{task_customer_id}/attempts`, {
        params: { path: { task_id, task_customer_id } },
        signal,
      }),
    ),
  noteConsent: (task_id: string, task_customer_id: string, body: NewConsent) =>
    answer(
      client.POST(`${TASK}/customers/{task_customer_id}/consent`, {
        params: { path: { task_id, task_customer_id } },
        body,
      }),
    ),
  callAgain: (id: string, whom: { ids: string[] } | { phone_state: PhoneState }) =>
    answer(client.POST(`${TASK}/customers/redial`, { params: task(id), body: whom })),
  meantCustomers: (id: string, chosen: ChosenCustomers, signal?: AbortSignal) =>
    answer(client.POST(`${TASK}/customers/count`, { params: task(id), body: given(chosen), signal })),
  destinations: (id: string, chosen: ChosenCustomers, name: string, signal?: AbortSignal) =>
    answer(
      client.POST(`${TASK}/destinations`, {
        params: task(id),
        body: { chosen: given(chosen), name: name || null },
        signal,
      }),
    ),
  taskHours: (id: string, signal?: AbortSignal) =>
    answer(client.GET(`${TASK}/hours`, { params: task(id), signal })),
  moves: (id: string, signal?: AbortSignal) =>
    answer(client.GET(`${TASK}/moves`, { params: task(id), signal })),
  moveCustomers: (id: string, body: NewMove, key: string) =>
    answer(
      client.POST(`${TASK}/moves`, {
        params: { ...task(id), header: { "idempotency-key": key } },
        body: { ...body, chosen: given(body.chosen) },
      }),
    ),
  callOffMove: (task_id: string, move_id: string) =>
    answer(client.POST(`${MOVE}/cancel`, { params: { path: { task_id, move_id } } })),
  undoMove: (task_id: string, move_id: string) =>
    answer(client.POST(`${MOVE}/undo`, { params: { path: { task_id, move_id } } })),
  taskChoices: (seats: number, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/tasks/choices", { params: { query: { seats } }, signal })),
  callingSettings: (signal?: AbortSignal) => answer(client.GET("/api/v1/settings/calling", { signal })),
  changeCallingSettings: (body: CallingSettings) => answer(client.PUT("/api/v1/settings/calling", { body })),

  calls: (taskId: string | null, filter: CallFilter, signal?: AbortSignal) => {
    const query = given(filter);
    if (taskId) return answer(client.GET(`${TASK}/calls`, { params: { ...task(taskId), query }, signal }));
    return answer(client.GET("/api/v1/calls", { params: { query }, signal }));
  },
  correctGrade: (call_id: string, body: { grade: string; why: string }) =>
    answer(client.POST("/api/v1/calls/{call_id}/grade-correction", { params: { path: { call_id } }, body })),
  takeCorrectionBack: (call_id: string) =>
    answer(client.DELETE("/api/v1/calls/{call_id}/grade-correction", { params: { path: { call_id } } })),
  call: (call_id: string, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/calls/{call_id}", { params: { path: { call_id } }, signal })),

  scripts: (filter: ScriptFilter, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/scripts", { params: { query: given(filter) }, signal })),
  script: (script_id: string, signal?: AbortSignal) =>
    // The client's types widen tuples (where a node is drawn) to arrays.
    answer(
      client.GET("/api/v1/scripts/{script_id}", { params: { path: { script_id } }, signal }),
    ) as Promise<ScriptDetail>,
  uploadScript: (source: string, name: string | null) =>
    answer(client.POST("/api/v1/scripts", { body: { source, name } })),
  publishScript: (script_id: string) =>
    answer(client.POST("/api/v1/scripts/{script_id}/publish", { params: { path: { script_id } } })),

  crowds: (scriptId: string | null, paging: CrowdFilter, signal?: AbortSignal) => {
    const query = given(paging);
    if (!scriptId) return answer(client.GET("/api/v1/crowds", { params: { query }, signal }));
    const path = { script_id: scriptId };
    return answer(client.GET("/api/v1/scripts/{script_id}/crowds", { params: { path, query }, signal }));
  },
  crowd: (crowd_id: string, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/crowds/{crowd_id}", { params: { path: { crowd_id } }, signal })),
  createCrowd: (script_id: string, body: NewCrowd) =>
    answer(client.POST("/api/v1/scripts/{script_id}/crowds", { params: { path: { script_id } }, body })),
  cancelCrowd: (crowd_id: string) =>
    answer(client.POST("/api/v1/crowds/{crowd_id}/cancel", { params: { path: { crowd_id } } })),
  crowdConversations: (crowd_id: string, went_wrong: boolean, signal?: AbortSignal) =>
    answer(
      client.GET("/api/v1/crowds/{crowd_id}/conversations", {
        params: { path: { crowd_id }, query: { went_wrong, limit: 100 } },
        signal,
      }),
    ),
  crowdConversation: (crowd_id: string, number: number, signal?: AbortSignal) =>
    answer(
      client.GET("/api/v1/crowds/{crowd_id}/conversations/{number}", {
        params: { path: { crowd_id, number } },
        signal,
      }),
    ),
  compareCrowds: (crowd_id: string, earlier_id: string, signal?: AbortSignal) =>
    answer(
      client.GET("/api/v1/crowds/{crowd_id}/comparison/{earlier_id}", {
        params: { path: { crowd_id, earlier_id } },
        signal,
      }),
    ),
  teach: (crowd_id: string, meant: string, text: string) =>
    answer(
      client.POST("/api/v1/crowds/{crowd_id}/examples", {
        params: { path: { crowd_id } },
        body: { meant, text },
      }),
    ),
  scriptVersion: (script_id: string, number: number, signal?: AbortSignal) =>
    answer(
      client.GET("/api/v1/scripts/{script_id}/versions/{number}", {
        params: { path: { script_id, number } },
        signal,
      }),
    ),

  lines: (filter: LineFilter, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/lines", { params: { query: given(filter) }, signal })),
  createLine: (body: NewLine) => answer(client.POST("/api/v1/lines", { body })),
  book: (filter: BookFilter, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/customers", { params: { query: given(filter) }, signal })),
  bookChoices: (signal?: AbortSignal) => answer(client.GET("/api/v1/customers/choices", { signal })),
  card: (customer_id: string, signal?: AbortSignal) =>
    answer(client.GET(CUSTOMER, { params: { path: { customer_id } }, signal })),
  changeCustomer: (customer_id: string, body: ChangedCustomer) =>
    answer(client.PATCH(CUSTOMER, { params: { path: { customer_id } }, body })),

  listed: (list: NumberList, filter: ListedFilter, signal?: AbortSignal) =>
    answer(client.GET(LISTS[list], { params: { query: given(filter) }, signal })),
  listedOne: (list: NumberList, entry_id: string, signal?: AbortSignal) =>
    answer(client.GET(`${LISTS[list]}/{entry_id}`, { params: { path: { entry_id } }, signal })),
  listNumbers: (list: NumberList, phones: string[], note: string) =>
    answer(client.POST(LISTS[list], { body: { phones, note } })),
  listFile: (list: NumberList, file: File, note: string) =>
    answer(client.POST(`${LISTS[list]}/imports`, { params: { query: { note } }, ...asForm(file) })),
  takeOff: (list: NumberList, entry_id: string, why: string) =>
    answer(
      client.POST(`${LISTS[list]}/{entry_id}/removal`, { params: { path: { entry_id } }, body: { why } }),
    ),

  testCall: (line_id: string, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/lines/{line_id}/test-call", { params: { path: { line_id } }, signal })),
  placeTestCall: (line_id: string, to: string) =>
    answer(client.POST("/api/v1/lines/{line_id}/test-call", { params: { path: { line_id } }, body: { to } })),
  ringing: (script_id: string, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/scripts/{script_id}/ring", { params: { path: { script_id } }, signal })),
  ring: (script_id: string, body: Omit<Ring, "published">) =>
    answer(
      client.POST("/api/v1/scripts/{script_id}/ring", {
        params: { path: { script_id } },
        body: { published: false, ...body },
      }),
    ),
  trial: (trial_id: string, signal?: AbortSignal) =>
    answer(client.GET("/api/v1/trials/{trial_id}", { params: { path: { trial_id } }, signal })),
  aiSeats: (signal?: AbortSignal) => answer(client.GET("/api/v1/ai-seats", { signal })),
};

export const recordingUrl = (callId: string): string => `/api/v1/calls/${callId}/recording`;
export const trialRecordingUrl = (trialId: string): string => `/api/v1/trials/${trialId}/recording`;
export const failedRowsUrl = (importId: string, language: "en" | "zh"): string =>
  `/api/v1/imports/${importId}/failed-rows?language=${language}`;

export const exportFileUrl = (exportId: string): string => `/api/v1/exports/${exportId}/file`;

export const templateUrl = (taskId: string): string => `/api/v1/tasks/${taskId}/template`;
