import type { components, paths } from "./schema";

/** The shapes of the API, under the names by which the pages know them. */
type Schemas = components["schemas"];

export type Me = Schemas["Me"];
export type Role = Me["user"]["role"];
export type Permission = Me["permissions"][number];
export type Act = Permission["act"];
export type Language = Me["user"]["language"];

export interface Page<T> {
  items: T[];
  next?: string | null;
}

export type TaskSummary = Schemas["TaskSummary"];
export type Task = Schemas["Task"];
export type TaskState = TaskSummary["state"];
export type Progress = Schemas["Progress"];
export type Waiting = Schemas["Waiting"];
export type DryRun = Schemas["DryRunOut"];
export type DryRunAnswer = Schemas["DryRun"];
export type LiveCall = Schemas["LiveCall"];
export type TaskCustomer = Schemas["TaskCustomer"];
export type CustomerState = TaskCustomer["state"];
export type ChosenCustomers = Schemas["ChosenCustomers"];
export type MeantCustomers = Schemas["MeantCustomers"];
export type Move = Schemas["Move"];
export type NewMove = Schemas["NewMove"];
export type HourOfLine = Schemas["HourOfLine"];
export type LineTotals = Schemas["LineTotals"];
export type Destination = Schemas["Destination"];
export type Export = Schemas["Export"];
export type NewExport = Schemas["NewExport"];
export type Import = Schemas["Import"];
export type ImportPreview = Schemas["ImportPreview"];
export type ImportTaken = Schemas["ImportTaken"];
export type StartImport = Schemas["StartImport"];
export type RowFault = Schemas["RowFault"];
export type CustomerHistory = Schemas["CustomerHistory"];
export type Attempt = Schemas["Attempt"];
export type NewTask = Schemas["NewTask"];
export type Arm = NonNullable<NewTask["arms"]>[number];
export type Comparison = Schemas["TaskComparison"];
export type ArmFigures = Comparison["arms"][number];
export type ArmDifference = Comparison["differences"][number];
export type Measure = ArmDifference["measure"];
export type TaskChoices = Schemas["TaskChoices"];
export type Outbound = NewTask["outbound"];
export type CallingHours = Schemas["CallingHours"];
export type Weekday = Schemas["Weekday"];
export type CallingSettings = Schemas["CallingSettings"];
export type NewCustomer = Schemas["NewTaskCustomer"];

export type CallSummary = Schemas["CallSummary"];
export type Call = Schemas["CallDetail"];
export type PhoneState = NonNullable<CallSummary["phone_state"]>;
export type Turn = Schemas["TranscriptTurn"];
export type CallEvent = Schemas["CallEventOut"];
export type Step = Schemas["PathStep"];
export type ScriptLabels = Schemas["ScriptLabels"];
export type GradeCorrection = Schemas["GradeCorrection"];

export type TrialCall = Schemas["TrialCall"];
export type Ring = Schemas["Ring"];

export type Script = Schemas["ScriptOut"];
export type ScriptDetail = Schemas["ScriptDetail"];
export type ScriptFault = Schemas["ScriptFault"];
export type ScriptVersion = Schemas["ScriptVersion"];

export type Chat = Schemas["ChatReply"];
export type ChatStep = Chat["steps"][number];
export type ChatEvent = NonNullable<Schemas["Chat"]["events"]>[number];
export type ModelChatLine = Schemas["ModelChatLine"];
export type ModelCrowdLine = Schemas["ModelCrowdLine"];
export type ModelTalk = Schemas["ModelTalk"];
export type ModelReport = Schemas["ModelReport"];
export type ModelStanding = Schemas["ModelStanding"];
export type KnowledgeImport = Schemas["KnowledgeImport"];
export type Unanswered = Schemas["Unanswered"];
export type GradeReason = Schemas["GradeReason"];
export type CorrectedCall = Schemas["CorrectedCall"];
export type CorrectionsChecked = Schemas["CorrectionsChecked"];

export type Crowd = Schemas["CrowdOut"];
export type CrowdDetail = Schemas["CrowdDetail"];
export type CrowdReport = Schemas["Report"];
export type CrowdConversation = Schemas["CrowdConversation"];
export type CrowdComparison = Schemas["CrowdComparison"];
export type CrowdShare = Schemas["Share"];
export type CrowdChange = Schemas["Difference"];
export type Confusion = Schemas["Confusion"];
export type NewCrowd = Schemas["NewCrowd"];
export type Wish = Schemas["Wish"];
export type Line = Schemas["LineOut"];
export type LineState = NonNullable<Line["status"]>["state"];
export type TestCall = Schemas["TestCall"];
export type NewLine = Schemas["NewLine"];
export type AiSeats = Schemas["AiSeats"];

export type BookCustomer = Schemas["BookCustomer"];
export type CustomerCard = Schemas["CustomerCard"];
export type ChangedCustomer = Schemas["ChangedCustomer"];
export type BookChoices = Schemas["BookChoices"];

export type ListedNumber = Schemas["DoNotCallEntry"];
export type ListedNumberDetail = Schemas["DoNotCallDetail"];
export type NumbersAdded = Schemas["DoNotCallAdded"];
/** Which do-not-call list: the company's own, or the one that holds for the whole installation. */
export type NumberList = "own" | "installation";

export type ProblemBody = Partial<Schemas["Problem"]> & Record<string, unknown>;
export type FieldFault = Schemas["FieldFault"];
export type LiveMessage =
  | Schemas["Hello"]
  | Schemas["TaskNews"]
  | Schemas["CallNews"]
  | Schemas["LineNews"]
  | Schemas["ImportNews"]
  | Schemas["ExportNews"]
  | Schemas["WarningNews"];

type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Filters } } }
  ? NonNullable<Filters>
  : never;

export type TaskFilter = Query<"/api/v1/tasks">;
export type CustomerFilter = Query<"/api/v1/tasks/{task_id}/customers">;
export type BookFilter = Query<"/api/v1/customers">;
export type CallFilter = Query<"/api/v1/calls">;
export type ScriptFilter = Query<"/api/v1/scripts">;
export type ConsentNote = Schemas["ConsentNote"];
export type NewConsent = Schemas["NewConsent"];
export type ExportFilter = Query<"/api/v1/exports">;
export type ImportFilter = Query<"/api/v1/imports">;
export type CrowdFilter = Query<"/api/v1/crowds">;
export type LineFilter = Query<"/api/v1/lines">;
export type ListedFilter = Query<"/api/v1/do-not-call">;
