import { ANYWHERE, type Content, type Node, type Routes, UNCONNECTED, without } from "./content";

/** The ways out of a node: each leads to a node, or (of a jump) to a flow. */

export type WayKind =
  | "next"
  | "branch"
  | "key"
  | "case"
  | "otherwise"
  | "held"
  | "failed"
  | "flow"
  | "question"
  | "stuck"
  | "give_up";

export interface Way {
  /** Its kind, and which of that kind: `branch:yes`, `key:1`, `case:0`, `next`. */
  id: string;
  kind: WayKind;
  /** The intent, key, question or number of the case; empty where there is but one. */
  of: string;
  target: string;
  /** A way that the node must have is left unconnected; another is taken away. */
  optional: boolean;
}

const way = (kind: WayKind, target: string | undefined, of = "", optional = false): Way => ({
  id: of ? `${kind}:${of}` : kind,
  kind,
  of,
  target: target ?? UNCONNECTED,
  optional,
});

const routes = (kind: WayKind, given: Routes | undefined): Way[] =>
  Object.entries(given ?? {}).map(([of, target]) => way(kind, target, of, true));

const listening = (node: { branches?: Routes; keys?: Routes }): Way[] => [
  ...routes("branch", node.branches),
  ...routes("key", node.keys),
];

/** Every way out of `node`, those it may have and hasn't among them, in the order of the drawing. */
export function waysOf(node: Node): Way[] {
  switch (node.kind) {
    case "say":
      return [way("next", node.next)];
    case "send_sms":
      return [way("next", node.next), way("held", node.held, "", true), way("failed", node.failed)];
    case "ask":
    case "listen":
      return [...listening(node), way("otherwise", node.otherwise, "", true)];
    case "branch":
      return [...routes("branch", node.branches), way("otherwise", node.otherwise)];
    case "collect":
      return [way("next", node.next), ...listening(node), way("failed", node.failed, "", true)];
    case "condition":
      return [
        ...node.cases.map((one, index) => way("case", one.next, String(index), true)),
        way("otherwise", node.otherwise),
      ];
    case "jump":
      return [way("flow", node.to)];
    case "transfer":
      return [way("failed", node.failed)];
    case "hang_up":
      return [];
  }
}

/** What is heeded at every node, and where giving up leads. */
export const waysAnywhere = (content: Content): Way[] => [
  ...routes("branch", content.anywhere?.branches),
  ...routes("key", content.anywhere?.keys),
  ...Object.entries(content.knowledge ?? {})
    .filter(([, question]) => question.next)
    .map(([name, question]) => way("question", question.next, name, true)),
  way("stuck", content.limits.stuck, "", true),
  way("give_up", content.limits.give_up),
];

export function partsOf(id: string): { kind: WayKind; of: string } {
  const [kind = "", ...rest] = id.split(":");
  return { kind: kind as WayKind, of: rest.join(":") };
}

/** The way at a place as the server calls it: `branches.yes`, `cases.0.next`, `limits.give_up`. */
export function wayAt(place: string): string {
  const [first = "", second = "", third = ""] = place.replace(/^anywhere\./, "").split(".");
  switch (first) {
    case "branches":
      return `branch:${second}`;
    case "keys":
      return `key:${second}`;
    case "cases":
      return `case:${second}`;
    case "knowledge":
      return third === "next" ? `question:${second}` : "";
    case "limits":
      return second;
    case "to":
      return "flow";
    default:
      return first;
  }
}

const routed = (given: Routes | undefined, of: string, target: string | null): Routes =>
  target === null ? without(given ?? {}, of) : { ...given, [of]: target };

/** `node` with its way `id` leading to `target`; to nowhere where that is null. */
export function withWay(node: Node, id: string, target: string | null): Node {
  const { kind, of } = partsOf(id);
  const to = target ?? UNCONNECTED;
  switch (kind) {
    case "branch":
      return "branches" in node || node.kind !== "say"
        ? ({ ...node, branches: { ...(node as { branches?: Routes }).branches, [of]: to } } as Node)
        : node;
    case "key":
      return { ...node, keys: { ...(node as { keys?: Routes }).keys, [of]: to } } as Node;
    case "case":
      if (node.kind !== "condition") return node;
      return {
        ...node,
        cases: node.cases.map((one, index) => (String(index) === of ? { ...one, next: to } : one)),
      };
    case "flow":
      return node.kind === "jump" ? { ...node, to } : node;
    default:
      return optionalField(node, kind, target);
  }
}

function optionalField(node: Node, name: string, target: string | null): Node {
  const optional = waysOf(node).find((one) => one.id === name)?.optional ?? false;
  if (target === null && optional) return without(node as Node & Record<string, unknown>, name) as Node;
  return { ...node, [name]: target ?? UNCONNECTED } as Node;
}

/** `node` without its way `id`: a branch, key or case is taken away, any other leads nowhere. */
export function withoutWay(node: Node, id: string): Node {
  const { kind, of } = partsOf(id);
  if (kind === "branch" && "branches" in node && node.branches)
    return { ...node, branches: routed(node.branches, of, null) } as Node;
  if (kind === "key" && "keys" in node && node.keys)
    return { ...node, keys: routed(node.keys, of, null) } as Node;
  if (kind === "case" && node.kind === "condition")
    return { ...node, cases: node.cases.filter((_, index) => String(index) !== of) };
  return withWay(node, id, null);
}

/** The script with a way heeded anywhere leading to `target`. */
export function withWayAnywhere(content: Content, id: string, target: string | null): Content {
  const { kind, of } = partsOf(id);
  const { anywhere = {} } = content;
  const to = target ?? UNCONNECTED;
  switch (kind) {
    case "branch":
      return { ...content, anywhere: { ...anywhere, branches: { ...anywhere.branches, [of]: to } } };
    case "key":
      return { ...content, anywhere: { ...anywhere, keys: { ...anywhere.keys, [of]: to } } };
    case "give_up":
      return { ...content, limits: { ...content.limits, give_up: to } };
    case "stuck":
      return {
        ...content,
        limits: target === null ? without(content.limits, "stuck") : { ...content.limits, stuck: target },
      };
    case "question":
      return withQuestionWay(content, of, target);
    default:
      return content;
  }
}

function withQuestionWay(content: Content, name: string, target: string | null): Content {
  const question = content.knowledge?.[name];
  if (!question) return content;
  const next = target === null ? without(question, "next") : { ...question, next: target };
  return { ...content, knowledge: { ...content.knowledge, [name]: next } };
}

export function withoutWayAnywhere(content: Content, id: string): Content {
  const { kind, of } = partsOf(id);
  const { anywhere = {} } = content;
  if (kind === "branch")
    return { ...content, anywhere: { ...anywhere, branches: routed(anywhere.branches, of, null) } };
  if (kind === "key") return { ...content, anywhere: { ...anywhere, keys: routed(anywhere.keys, of, null) } };
  return withWayAnywhere(content, id, null);
}

export const waysFrom = (content: Content, source: string): Way[] => {
  const node = content.nodes[source];
  if (node) return waysOf(node);
  return source === ANYWHERE ? waysAnywhere(content) : [];
};

/** The ways that lead to `target`: from which node, and by which of its ways. */
export const waysTo = (content: Content, target: string): { source: string; way: Way }[] =>
  [...Object.keys(content.nodes), ANYWHERE].flatMap((source) =>
    waysFrom(content, source)
      .filter((one) => one.kind !== "flow" && one.target === target)
      .map((one) => ({ source, way: one })),
  );
