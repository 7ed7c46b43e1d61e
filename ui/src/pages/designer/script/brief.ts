import {
  type BriefParts,
  type Content,
  type Intent,
  type Question,
  renamedKey,
  UNCONNECTED,
  without,
} from "./content";

/**
 * A script for engine 2.0 (dialogue/model/script.py). The desk holds it as a script without nodes whose ways out
 * lead to goodbyes, so that what both engines have is written and kept by the same parts.
 */
export interface Brief
  extends BriefParts,
    Omit<
      Content,
      | "engine"
      | "entry"
      | "intents"
      | "nodes"
      | "flows"
      | "anywhere"
      | "phrases"
      | "limits"
      | "layout"
      | "brief"
    > {
  engine: "2.0";
  intents?: Record<string, Intent>;
  knowledge?: Record<string, Question>;
  anywhere?: Record<string, string>;
  keys?: Record<string, string>;
}

const PARTS: Record<keyof BriefParts, true> = {
  opening: true,
  discloses: true,
  persona: true,
  goal: true,
  facts: true,
  guard_rails: true,
  never_say: true,
  messages: true,
  goodbyes: true,
  phrases: true,
  limits: true,
};

/** What of it belongs to the brief, and what both engines have. */
function parted<T extends BriefParts>(whole: T): [BriefParts, Omit<T, keyof BriefParts>] {
  const names = Object.keys(PARTS) as (keyof BriefParts)[];
  const brief = Object.fromEntries(names.map((name) => [name, whole[name]])) as unknown as BriefParts;
  return [brief, without(whole, ...names)];
}

export function onDesk(given: Brief): Content {
  const [brief, { anywhere, keys, intents = {}, ...shared }] = parted(given);
  return {
    ...shared,
    intents,
    entry: UNCONNECTED,
    nodes: {},
    limits: { give_up: UNCONNECTED },
    anywhere: { branches: anywhere ?? {}, keys: keys ?? {} },
    brief,
  };
}

/** The script as the server takes it. */
export function written(content: Content): Content | Brief {
  const { brief, anywhere, entry, nodes, limits, phrases, layout, flows, ...shared } = content;
  if (!brief) return content;
  return {
    ...shared,
    ...brief,
    engine: "2.0",
    anywhere: anywhere?.branches ?? {},
    keys: anywhere?.keys ?? {},
  };
}

/** Goodbyes without which no such script is published: when all is said, when asked for no more calls, when it fails. */
export const NEEDED_GOODBYES: readonly string[] = ["finished", "do_not_call", "trouble"];

/** The script with a goodbye under another name, and every way out to it led there. */
export function renameGoodbye(content: Content, name: string, next: string): Content {
  if (!content.brief) return content;
  const led = (routes: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(routes).map(([way, to]) => [way, to === name ? next : to]));
  return {
    ...content,
    brief: { ...content.brief, goodbyes: renamedKey(content.brief.goodbyes, name, next) },
    anywhere: { branches: led(content.anywhere?.branches), keys: led(content.anywhere?.keys) },
  };
}

/** Where something is led to a goodbye: intents and keys, by name. */
export const waysToGoodbye = (content: Content, name: string): string[] =>
  [content.anywhere?.branches, content.anywhere?.keys].flatMap((routes) =>
    Object.entries(routes ?? {}).flatMap(([way, to]) => (to === name ? [way] : [])),
  );

/** Every text that is spoken word by word, or that the model speaks from. */
export const briefTexts = ({ opening, facts = [], goodbyes, phrases }: BriefParts): string[] => [
  opening,
  ...facts,
  ...Object.values(goodbyes),
  ...Object.values(phrases),
];

export function briefWith(brief: BriefParts, change: (text: string) => string): BriefParts {
  const each = <T extends object>(texts: T): T =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, change(text as string)])) as T;
  return {
    ...brief,
    opening: change(brief.opening),
    facts: brief.facts?.map(change),
    goodbyes: each(brief.goodbyes),
    phrases: each(brief.phrases),
  };
}

const SECTIONS = [
  ["purpose", ["goal", "persona"]],
  ["who", ["name", "company", "caller", "language", "voice", "speed"]],
  ["opening", ["opening", "discloses", "variables"]],
  ["facts", ["facts"]],
  ["rails", ["guard_rails", "never_say"]],
  ["collect", ["collect"]],
  ["messages", ["messages"]],
  ["knowledge", ["knowledge"]],
  ["ways", ["intents", "anywhere", "keys"]],
  ["goodbyes", ["goodbyes"]],
  ["phrases", ["phrases"]],
  ["limits", ["limits"]],
  ["grades", ["grades"]],
] as const;

export type BriefSection = (typeof SECTIONS)[number][0];
export const BRIEF_SECTIONS: readonly BriefSection[] = SECTIONS.map(([section]) => section);

/** Where a fault is mended: by the first step of its field; what a text says wrong is looked for in the texts. */
export function sectionOf(content: Content, field: string, text = ""): BriefSection | null {
  const [first = ""] = field.split(".");
  const named = SECTIONS.find(([, fields]) => (fields as readonly string[]).includes(first));
  if (named) return named[0];
  const sought = text.replace(/…$/, "");
  const { brief, knowledge = {} } = content;
  if (!sought || !brief) return null;
  if (brief.opening.includes(sought)) return "opening";
  if (brief.facts?.some((one) => one.includes(sought))) return "facts";
  if (Object.values(brief.goodbyes).some((one) => one.includes(sought))) return "goodbyes";
  if (Object.values(brief.phrases).some((one) => one.includes(sought))) return "phrases";
  return Object.values(knowledge).some(({ answer }) => answer.includes(sought)) ? "knowledge" : null;
}
