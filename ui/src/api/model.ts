/** The shapes of the API, as the server's OpenAPI description states them. */

export type Role = "operator" | "owner" | "supervisor" | "agent" | "inspector";
export type Language = "en" | "zh";

export interface Me {
  user: { id: string; email: string; name: string; role: Role; language: Language };
  tenant: { id: string; name: string; time_zone: string; region: string };
}

export type TaskState = "draft" | "running" | "paused" | "finished";
export type PhoneState =
  | "connected"
  | "lost"
  | "busy"
  | "refused"
  | "no_answer"
  | "unreachable"
  | "invalid_number"
  | "line_fault"
  | "voicemail";

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface TaskSummary {
  id: string;
  name: string;
  state: TaskState;
  state_reason: string;
  script: { id: string; name: string; version: number };
  line: { id: string; name: string };
  concurrency: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  customers: number;
  called: number;
  connected: number;
}

export interface Variable {
  name: string;
  label: string;
  required: boolean;
  example: string;
}

export interface Percentiles {
  p50: number;
  p95: number;
}

export interface LiveCall {
  attempt_id: string;
  call_id: string | null;
  customer_name: string;
  phone: string;
  phone_masked: boolean;
  stage: "dialling" | "ringing" | "connected";
  since: string;
  turns: number;
  last_text: string;
}

export interface Progress {
  task_id: string;
  state: TaskState;
  state_reason: string;
  customers: number;
  uncalled: number;
  calling: number;
  called: number;
  attempts: number;
  connected: number;
  by_phone_state: Partial<Record<PhoneState, number>>;
  by_grade: Record<string, number>;
  talk_ms: number;
  seats: number;
  seats_in_use: number;
  reply_ms: Percentiles | null;
  answer_to_audio_ms: Percentiles | null;
  started_at: string | null;
  finished_at: string | null;
  finishing_about: string | null;
  live: LiveCall[];
}

export interface Task extends TaskSummary {
  variables: Variable[];
  grades: string[];
  progress: Progress;
}

export type CustomerState = "uncalled" | "calling" | "called";

export interface TaskCustomer {
  id: string;
  customer_id: string;
  name: string;
  phone: string;
  phone_masked: boolean;
  variables: Record<string, string>;
  state: CustomerState;
  attempts: number;
  last_phone_state: PhoneState | null;
  last_grade: string | null;
  last_call_id: string | null;
}

export interface ImportFault {
  row: number;
  column: string;
  value?: string | null;
  reason: string;
}

export interface ImportResult {
  rows: number;
  imported: number;
  updated: number;
  duplicates: number;
  already_in_task: number;
  failed: number;
  errors: ImportFault[];
}

export interface CallSummary {
  id: string;
  task_id: string;
  task_name: string;
  customer: { id: string; name: string; phone: string; phone_masked: boolean };
  dialled_at: string;
  answered_at: string | null;
  ended_at: string | null;
  talk_ms: number;
  phone_state: PhoneState | null;
  sip_code: number | null;
  sip_reason: string;
  hung_up_by: "us" | "them" | "network" | null;
  grade: string | null;
  interrupted: boolean;
  has_recording: boolean;
  turns: number;
}

export interface Turn {
  number: number;
  who: "customer" | "ai";
  from_ms: number;
  to_ms: number;
  text: string;
  intent: string | null;
  score: number | null;
  interrupted: boolean;
}

export interface CallEvent {
  number: number;
  at_ms: number;
  kind: string;
  data: Record<string, unknown>;
}

export interface Step {
  node: string;
  kind: string;
  title: string;
  at_ms: number;
}

export interface Call extends CallSummary {
  caller_number: string;
  line: { id: string; name: string };
  script: { id: string; name: string; version: number };
  grade_reasons: { rule: string; quote: string }[];
  collected: Record<string, string>;
  path: Step[];
  transcript: Turn[];
  events: CallEvent[];
  answer_to_audio_ms: number | null;
  reply_ms: number[];
  media: Record<string, unknown>;
  answered_after_ms: number | null;
}

export interface Script {
  id: string;
  name: string;
  language: string;
  versions: number;
  published: { id: string; number: number; published_at: string } | null;
  draft: { id: string; number: number } | null;
  variables: Variable[];
  grades: string[];
}

export interface ScriptFault {
  node: string;
  rule: string;
  message: string;
  remedy: string;
}

export interface ScriptDetail extends Script {
  source: string;
  faults: ScriptFault[];
}

export interface Line {
  id: string;
  name: string;
  kind: "mobile" | "fixed" | "pooled";
  carrier_host: string;
  carrier_port: number;
  username: string | null;
  register: boolean;
  caller_number: string;
  channels: number;
  ring_timeout_s: number;
  registration: "not_asked" | "trying" | "registered" | "refused" | "unreachable";
  registration_reason: string;
}

export interface AiSeats {
  total: number;
  in_use: number;
  free: number;
  packs: { id: string; seats: number; opens_at: string; expires_at: string | null }[];
}

export type LiveMessage =
  | { type: "hello" }
  | { type: "task"; task_id: string; progress: Progress }
  | { type: "call"; call: CallSummary };
