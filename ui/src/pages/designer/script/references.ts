import { briefWith } from "./brief";
import {
  type Content,
  type Limits,
  listed,
  type Names,
  type Node,
  type Routes,
  renamedKey,
  type When,
  type Wordings,
} from "./content";
import { waysOf, withWay } from "./ways";

/** Renaming: what has a name is spoken of in many places of a script, and all of them follow. */

const swap = (name: string, next: string) => (given: string) => (given === name ? next : given);

const swapNames = (names: Names | undefined, change: (name: string) => string): Names | undefined =>
  names === undefined ? undefined : listed(names).map(change);

const routesTo = (routes: Routes | undefined, change: (name: string) => string): Routes | undefined =>
  routes && Object.fromEntries(Object.entries(routes).map(([key, target]) => [key, change(target)]));

const routesOf = (routes: Routes | undefined, name: string, next: string): Routes | undefined =>
  routes && renamedKey(routes, name, next);

/** An object with those of the parts that are there; none is added that says nothing. */
function withParts<T extends object>(whole: T, parts: Partial<T>): T {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  return given.length === 0 ? whole : { ...whole, ...(Object.fromEntries(given) as Partial<T>) };
}

type NamesOf = "reached" | "not_reached" | "met" | "not_met" | "collected" | "ended";

function whenWith(when: When, names: readonly NamesOf[], change: (name: string) => string): When {
  const parts: Partial<When> = {};
  for (const name of names) parts[name] = swapNames(when[name], change);
  return withParts(when, { ...parts, any: when.any?.map((one) => whenWith(one, names, change)) });
}

/** The script with every condition, of nodes and of grades, changed. */
export function mapConditions(content: Content, change: (when: When) => When): Content {
  const nodes = mapNodes(content, (node) =>
    node.kind === "condition"
      ? { ...node, cases: node.cases.map((one) => ({ ...one, when: change(one.when) })) }
      : node,
  );
  const rules = content.grades.rules?.map((rule) => ({ ...rule, when: change(rule.when) }));
  return { ...nodes, grades: withParts(content.grades, { rules }) };
}

const mapNodes = (content: Content, change: (node: Node, name: string) => Node): Content => ({
  ...content,
  nodes: Object.fromEntries(Object.entries(content.nodes).map(([name, node]) => [name, change(node, name)])),
});

/** The script with every way of every node leading where `change` says; nodes that stay the same are the same objects. */
export function mapTargets(content: Content, change: (target: string) => string): Content {
  const moved = mapNodes(content, (node) =>
    waysOf(node)
      .filter(({ kind, target }) => kind !== "flow" && target !== "" && change(target) !== target)
      .reduce((changed, way) => withWay(changed, way.id, change(way.target)), node),
  );
  const { anywhere, knowledge, flows } = content;
  return withParts(
    {
      ...moved,
      entry: change(content.entry),
      limits: limitsTo(content.limits, change),
    },
    {
      anywhere:
        anywhere &&
        withParts(anywhere, {
          branches: routesTo(anywhere.branches, change),
          keys: routesTo(anywhere.keys, change),
        }),
      flows: flows && mapValues(flows, (flow) => ({ ...flow, entry: change(flow.entry) })),
      knowledge:
        knowledge && mapValues(knowledge, (one) => (one.next ? { ...one, next: change(one.next) } : one)),
    },
  );
}

const limitsTo = (limits: Limits, change: (name: string) => string): Limits =>
  withParts({ ...limits, give_up: change(limits.give_up) }, { stuck: limits.stuck && change(limits.stuck) });

const mapValues = <T>(whole: Record<string, T>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, change(value)]));

export function renameNode(content: Content, name: string, next: string): Content {
  const change = swap(name, next);
  const moved = mapTargets(content, change);
  const renamed = { ...moved, nodes: renamedKey(moved.nodes, name, next) };
  const whens = mapConditions(renamed, (when) => whenWith(when, ["reached", "not_reached"], change));
  return withParts(whens, { layout: whens.layout && renamedKey(whens.layout, name, next) });
}

/** Renames an intent or a question of the knowledge base: both are what a person may mean. */
export function renameMeaning(content: Content, name: string, next: string): Content {
  const change = swap(name, next);
  const nodes = mapNodes(content, (node) =>
    "branches" in node && node.branches
      ? ({ ...node, branches: routesOf(node.branches, name, next) } as Node)
      : node,
  );
  const { anywhere, knowledge } = content;
  const renamed = withParts(
    { ...nodes, intents: renamedKey(content.intents, name, next) },
    {
      knowledge: knowledge && renamedKey(knowledge, name, next),
      anywhere:
        anywhere &&
        withParts(anywhere, {
          branches: routesOf(anywhere.branches, name, next),
          repeat: swapNames(anywhere.repeat, change),
        }),
    },
  );
  return mapConditions(renamed, (when) => whenWith(when, ["met", "not_met"], change));
}

const TEXT_FIELDS = ["text", "again", "read_back"] as const;

const wordingsWith = (wordings: Wordings, change: (text: string) => string): Wordings =>
  typeof wordings === "string" ? change(wordings) : wordings.map(change);

function textsWith(node: Node, change: (text: string) => string): Node {
  const texts = node as Partial<Record<(typeof TEXT_FIELDS)[number], Wordings>>;
  const changed = TEXT_FIELDS.flatMap((field) => {
    const text = texts[field];
    return text ? [[field, wordingsWith(text, change)]] : [];
  });
  return { ...node, ...Object.fromEntries(changed) } as Node;
}

export function renameVariable(content: Content, name: string, next: string): Content {
  const change = swap(name, next);
  const inText = (text: string) => text.replaceAll(`{${name}}`, `{${next}}`);
  const nodes = mapNodes(content, (node) => {
    const spoken = textsWith(node, inText);
    return spoken.kind === "collect" ? { ...spoken, variable: change(spoken.variable) } : spoken;
  });
  const { knowledge, phrases, brief, collect } = content;
  const renamed = withParts(nodes, {
    variables: content.variables?.map((one) => ({ ...one, name: change(one.name) })),
    knowledge:
      knowledge &&
      mapValues(knowledge, (one) =>
        withParts(
          { ...one, answer: inText(one.answer) },
          { again: one.again && wordingsWith(one.again, inText) },
        ),
      ),
    phrases: phrases && mapValues(phrases as Record<string, Wordings>, (one) => wordingsWith(one, inText)),
    brief: brief && briefWith(brief, inText),
    collect: collect && renamedKey(collect, name, next),
  });
  const tested = (when: When): When =>
    withParts(whenWith(when, ["collected"], change), {
      where: when.where?.map((one) => ({ ...one, variable: change(one.variable) })),
      any: when.any?.map(tested),
    });
  return mapConditions(renamed, tested);
}

export function renameFlow(content: Content, name: string, next: string): Content {
  const nodes = mapNodes(content, (node) => {
    const drawn = node.flow === name ? { ...node, flow: next } : node;
    return drawn.kind === "jump" && drawn.to === name ? { ...drawn, to: next } : drawn;
  });
  return { ...nodes, flows: renamedKey(content.flows ?? {}, name, next) };
}

export function renameGrade(content: Content, name: string, next: string): Content {
  const { grades } = content;
  const change = swap(name, next);
  return {
    ...content,
    grades: withParts(
      {
        ...grades,
        names: renamedKey(grades.names, name, next),
        default: { ...grades.default, grade: change(grades.default.grade) },
      },
      { rules: grades.rules?.map((rule) => ({ ...rule, grade: change(rule.grade) })) },
    ),
  };
}

/** The script with no condition speaking of these nodes any more. */
export function forgetNodes(content: Content, gone: ReadonlySet<string>): Content {
  const kept = (names: Names | undefined): Names | undefined =>
    names === undefined ? undefined : listed(names).filter((name) => !gone.has(name));
  const forget = (when: When): When =>
    withParts(when, {
      reached: kept(when.reached),
      not_reached: kept(when.not_reached),
      any: when.any?.map(forget),
    });
  return mapConditions(content, forget);
}
