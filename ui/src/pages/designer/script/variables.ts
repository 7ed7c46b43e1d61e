import { briefTexts } from "./brief";
import { type Content, textsOf } from "./content";

/** The facts that a text may speak of, and where each comes from. */

export type Origin = "own" | "import" | "collected";

export interface Known {
  name: string;
  label: string;
  origin: Origin;
  /** The nodes at which it is collected. */
  nodes: string[];
  example: string;
}

const OWN = ["company", "caller"] as const;
const COLLECTED_EXAMPLES: Record<string, { en: string; zh: string }> = {
  number: { en: "two", zh: "两" },
  phone: { en: "5 5 5, 0 1 4 2", zh: "一三八、零零零零、零零零零" },
  date: { en: "the third of June", zh: "六月三号" },
  time: { en: "ten o'clock", zh: "上午十点" },
  moment: { en: "Tuesday at ten", zh: "周二上午十点" },
  name: { en: "Maria", zh: "王女士" },
  text: { en: "what the person said", zh: "客户所说的话" },
};

/** Every variable of the script: its own, those of the import, those that nodes collect. */
export function knownVariables(content: Content): Known[] {
  const language = content.language ?? "en";
  const own = OWN.map(
    (name): Known => ({ name, label: "", origin: "own", nodes: [], example: content[name] }),
  );
  const imported = (content.variables ?? []).map(
    (one): Known => ({
      name: one.name,
      label: one.label,
      origin: "import",
      nodes: [],
      example: one.example || one.default || one.label,
    }),
  );
  const collected = new Map<string, Known>();
  for (const [node, { variable, what }] of collecting(content)) {
    const found = collected.get(variable);
    const example = COLLECTED_EXAMPLES[what]?.[language] ?? variable;
    if (found) found.nodes.push(node);
    else collected.set(variable, { name: variable, label: "", origin: "collected", nodes: [node], example });
  }
  return [...own, ...imported, ...collected.values()];
}

const collecting = (content: Content) =>
  Object.entries(content.nodes).flatMap(([name, node]) =>
    node.kind === "collect" ? [[name, node] as const] : [],
  );

const SLOT = /\{([^{}]*)\}/g;

export const slotsIn = (text: string): string[] => [...text.matchAll(SLOT)].map(([, name = ""]) => name);

/** `text` as it may sound: every variable by its example, by its name where it has none. */
export function spokenExample(content: Content, text: string): string {
  const examples = new Map(knownVariables(content).map(({ name, example }) => [name, example]));
  return text.replaceAll(SLOT, (_, name: string) => examples.get(name) || name);
}

/** The nodes, or the texts of a brief, that speak of a variable. */
export const spokenAt = (content: Content, variable: string): string[] => {
  const speaks = (text: string) => slotsIn(text).includes(variable);
  const nodes = Object.entries(content.nodes).filter(([, node]) => textsOf(node).some(speaks));
  return [...nodes.map(([name]) => name), ...(content.brief ? briefTexts(content.brief).filter(speaks) : [])];
};
