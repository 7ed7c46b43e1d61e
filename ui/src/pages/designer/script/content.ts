/**
 * A script as the server keeps it (dialogue/graph.py), as plain data. What is written here may be unfinished: whether
 * it can be published is for the server's check to say.
 */

export const NODE_KINDS = [
  "say",
  "ask",
  "listen",
  "branch",
  "collect",
  "condition",
  "jump",
  "transfer",
  "send_sms",
  "hang_up",
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

export const VALUE_KINDS = ["number", "phone", "date", "time", "moment", "name", "text"] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** What a text may make known: that an AI speaks, that the call is recorded, how one gets out of it. */
export const DISCLOSURES = ["ai", "recording", "way_out"] as const;
export type Disclosure = (typeof DISCLOSURES)[number];

export type Routes = Record<string, string>;
export type Names = string | string[];
/** One text, or several that say the same and are used in turn. */
export type Wordings = string | string[];

export interface Test {
  variable: string;
  filled?: boolean;
  is?: Names;
  is_not?: Names;
  above?: number;
  below?: number;
}

export interface When {
  reached?: Names;
  not_reached?: Names;
  met?: Names;
  not_met?: Names;
  collected?: Names;
  ended?: Names;
  where?: Test[];
  turns_at_least?: number;
  talk_at_least_s?: number;
  talk_below_s?: number;
  any?: When[];
}

export interface Case {
  when: When;
  next: string;
}

interface Drawn {
  flow?: string;
}
interface Spoken {
  text: string;
  audio?: string;
  discloses?: Disclosure | Disclosure[];
}
interface Listening {
  silence_s?: number;
  branches?: Routes;
  keys?: Routes;
}

export type SayNode = Drawn & Spoken & { kind: "say"; barge_in?: boolean; next: string };
export type AskNode = Drawn &
  Spoken &
  Listening & { kind: "ask"; again?: Wordings; barge_in?: boolean; otherwise?: string };
export type ListenNode = Drawn & Listening & { kind: "listen"; otherwise?: string };
export type BranchNode = Drawn & { kind: "branch"; branches: Routes; otherwise: string };
export type CollectNode = Drawn &
  Spoken &
  Listening & {
    kind: "collect";
    again?: Wordings;
    barge_in?: boolean;
    variable: string;
    what: ValueKind;
    read_back?: string;
    next: string;
    failed?: string;
  };
export type ConditionNode = Drawn & { kind: "condition"; cases: Case[]; otherwise: string };
export type JumpNode = Drawn & { kind: "jump"; to: string };
export type TransferNode = Drawn & Spoken & { kind: "transfer"; failed: string };
export type SendSmsNode = Drawn & {
  kind: "send_sms";
  template: string;
  next: string;
  held?: string;
  failed: string;
};
export type HangUpNode = Drawn & Partial<Spoken> & { kind: "hang_up"; reason?: string };

export type Node =
  | SayNode
  | AskNode
  | ListenNode
  | BranchNode
  | CollectNode
  | ConditionNode
  | JumpNode
  | TransferNode
  | SendSmsNode
  | HangUpNode;

export interface Variable {
  name: string;
  label: string;
  required?: boolean;
  example?: string;
  default?: string;
}
export interface Intent {
  examples: string[];
  label?: string;
}
export interface Question {
  wordings: string[];
  answer: string;
  again?: Wordings;
  audio?: string;
  next?: string;
  label?: string;
}
export interface Recording {
  sha256: string;
  seconds: number;
  label: string;
}
export interface Flow {
  label: string;
  entry: string;
}
export interface GradeRule {
  grade: string;
  because: string;
  when: When;
}
export interface Limits {
  give_up: string;
  stuck?: string;
  repeats?: number;
  answer_floor?: number;
  silences?: number;
  not_understood?: number;
  turns?: number;
  floor?: number;
  sure?: number;
}

export type ScriptLanguage = "en" | "zh";

export interface Content {
  engine?: "1.0" | "2.0";
  name: string;
  language?: ScriptLanguage;
  voice?: string;
  speed?: number;
  company: string;
  caller: string;
  entry: string;
  variables?: Variable[];
  intents: Record<string, Intent>;
  knowledge?: Record<string, Question>;
  nodes: Record<string, Node>;
  flows?: Record<string, Flow>;
  recordings?: Record<string, Recording>;
  anywhere?: { branches?: Routes; keys?: Routes; repeat?: Names };
  phrases?: { silence?: Wordings; not_understood?: Wordings };
  limits: Limits;
  grades: { names: Record<string, string>; rules?: GradeRule[]; default: { grade: string; because: string } };
  layout?: Record<string, [number, number]>;
  /** For engine 2.0: what to find out, and what else the language model is held to. */
  collect?: Record<string, Wanted>;
  brief?: BriefParts;
}

/** A value to find out; `claims` are words of accomplishment that are true once it is known. */
export interface Wanted {
  label: string;
  what: ValueKind;
  claims?: string[];
}
export interface BriefPhrases {
  silence: string;
  one_moment: string;
  not_mine_to_say: string;
}
export interface BriefLimits {
  seconds?: number;
  turns?: number;
  silences?: number;
  sentences?: number;
  rounds?: number;
  tokens?: number;
  answer_tokens?: number;
  first_s?: number;
  total_s?: number;
  failures?: number;
  silence_s?: number;
  floor?: number;
  sure?: number;
}
/** What only a script for engine 2.0 has. */
export interface BriefMessage {
  label: string;
  template: string;
}

export interface BriefParts {
  opening: string;
  discloses?: Disclosure | Disclosure[];
  persona: string;
  goal: string;
  facts?: string[];
  guard_rails?: string[];
  /** The text messages that may be sent: what each is about, by which template. */
  messages?: Record<string, BriefMessage>;
  never_say?: string[];
  /** The last words, by the reason of the ending. */
  goodbyes: Record<string, string>;
  phrases: BriefPhrases;
  limits?: BriefLimits;
}

/** Where a way leads that nobody has connected yet; the check names it until somebody does. */
export const UNCONNECTED = "";
/** The card that stands for what is heeded at every node; a node of this name would stand in its place. */
export const ANYWHERE = "anywhere";
/** The flow that a call begins in, which has no entry among the flows. */
export const MAIN = "";

export const NAME_PATTERN = /^[a-z][a-z0-9_]{0,39}$/;

export const listed = (names: Names | undefined): string[] =>
  names === undefined ? [] : typeof names === "string" ? [names] : names;

export const flowOf = (node: Node): string => node.flow ?? MAIN;
export const entryOf = (content: Content, flow: string): string =>
  flow === MAIN ? content.entry : (content.flows?.[flow]?.entry ?? "");
/** The nodes drawn in a flow, in the order in which they were written. */
export const nodesIn = (content: Content, flow: string): [string, Node][] =>
  Object.entries(content.nodes).filter(([, node]) => flowOf(node) === flow);

/** What a node says, as far as it speaks and somebody wrote it. */
/** What a node says, or the template that it sends. */
export const textOf = (node: Node): string =>
  node.kind === "send_sms" ? node.template : "text" in node ? (node.text ?? "") : "";

export function textsOf(node: Node): string[] {
  const parts = node as { text?: string; again?: Names; read_back?: string };
  return [parts.text ?? "", ...listed(parts.again), parts.read_back ?? ""].filter(Boolean);
}

/** An object without those of its parts that hold nothing. */
export function without<T extends object>(whole: T, ...names: (keyof T)[]): T {
  const rest = { ...whole };
  for (const name of names) delete rest[name];
  return rest;
}

/** The same object with `name` under another name, in its place. */
export const renamedKey = <T>(whole: Record<string, T>, name: string, next: string): Record<string, T> =>
  Object.fromEntries(Object.entries(whole).map(([key, value]) => [key === name ? next : key, value]));

/** What the server sends, without the parts that hold nothing. */
export function tidied<T>(given: T): T {
  if (Array.isArray(given)) return given.map(tidied) as T;
  if (given === null || typeof given !== "object") return given;
  const parts = Object.entries(given).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(parts.map(([name, value]) => [name, tidied(value)])) as T;
}
