import {
  ANYWHERE,
  type Content,
  entryOf,
  flowOf,
  MAIN,
  NAME_PATTERN,
  type Node,
  type NodeKind,
  nodesIn,
  type Routes,
  UNCONNECTED,
  without,
} from "./content";
import { forgetNodes, mapTargets } from "./references";
import { waysOf, withoutWay, withoutWayAnywhere, withWay, withWayAnywhere } from "./ways";

/** What the designer does to a script. Every function returns a new script and leaves the old one as it was. */

export type Place = [number, number];

const LONGEST_NAME = 40;
const RESERVED: readonly string[] = [ANYWHERE];

/** A name that `taken` doesn't hold: `base`, else `base_2`, `base_3` ... */
export function freeName(taken: (name: string) => boolean, base: string): string {
  const bare = base.replace(/_\d+$/, "");
  if (!taken(base)) return base;
  for (let number = 2; ; number += 1) {
    const end = `_${number}`;
    const name = bare.slice(0, LONGEST_NAME - end.length) + end;
    if (!taken(name)) return name;
  }
}

/** What of `text` can stand in a name: "Offer the plan" gives `offer_the_plan`; Chinese alone gives `fallback`. */
export function nameFrom(text: string, fallback: string): string {
  const words = text
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[_0-9]+|_+$/g, "")
    .slice(0, LONGEST_NAME)
    .replace(/_+$/, "");
  return NAME_PATTERN.test(words) ? words : fallback;
}

const nodeTaken = (content: Content) => (name: string) => name in content.nodes || RESERVED.includes(name);
export const freeNodeName = (content: Content, base: string): string => freeName(nodeTaken(content), base);

const NEW_NODES: Record<NodeKind, (content: Content) => Node> = {
  say: () => ({ kind: "say", text: "", next: UNCONNECTED }),
  ask: (content) => ({ kind: "ask", text: "", branches: yesAndNo(content) }),
  listen: (content) => ({ kind: "listen", branches: yesAndNo(content) }),
  branch: (content) => ({ kind: "branch", branches: yesAndNo(content), otherwise: UNCONNECTED }),
  collect: () => ({ kind: "collect", text: "", variable: "answer", what: "text", next: UNCONNECTED }),
  condition: () => ({ kind: "condition", cases: [{ when: {}, next: UNCONNECTED }], otherwise: UNCONNECTED }),
  jump: () => ({ kind: "jump", to: UNCONNECTED }),
  transfer: () => ({ kind: "transfer", text: "", failed: UNCONNECTED }),
  send_sms: () => ({ kind: "send_sms", template: "", next: UNCONNECTED, failed: UNCONNECTED }),
  hang_up: () => ({ kind: "hang_up", text: "" }),
};

/** The commonest branches, where the script knows them; else whatever it knows first. */
function yesAndNo(content: Content): Routes {
  const known = Object.keys(content.intents);
  const usual = ["yes", "no"].filter((name) => known.includes(name));
  return Object.fromEntries(
    (usual.length > 0 ? usual : known.slice(0, 1)).map((name) => [name, UNCONNECTED]),
  );
}

const inFlow = (node: Node, flow: string): Node =>
  flow === MAIN ? without(node, "flow") : { ...node, flow };

export function addNode(
  content: Content,
  kind: NodeKind,
  flow: string,
  at: Place,
): { content: Content; name: string } {
  const name = freeNodeName(content, kind);
  const first = nodesIn(content, flow).length === 0;
  const grown: Content = {
    ...content,
    nodes: { ...content.nodes, [name]: inFlow(NEW_NODES[kind](content), flow) },
    layout: { ...content.layout, [name]: at },
  };
  return { content: first ? withEntry(grown, flow, name) : grown, name };
}

export function withEntry(content: Content, flow: string, name: string): Content {
  if (flow === MAIN) return { ...content, entry: name };
  const found = content.flows?.[flow];
  return found ? { ...content, flows: { ...content.flows, [flow]: { ...found, entry: name } } } : content;
}

export const withNode = (content: Content, name: string, node: Node): Content => ({
  ...content,
  nodes: { ...content.nodes, [name]: node },
});

/** Leads the way `id` of `source` to `target`. */
export function connect(content: Content, source: string, id: string, target: string | null): Content {
  const node = content.nodes[source];
  if (node) return withNode(content, source, withWay(node, id, target));
  return source === ANYWHERE ? withWayAnywhere(content, id, target) : content;
}

/** Takes the way away where the node can be without it, else leaves it unconnected. */
export function takeWay(content: Content, source: string, id: string): Content {
  const node = content.nodes[source];
  if (node) return withNode(content, source, withoutWay(node, id));
  return source === ANYWHERE ? withoutWayAnywhere(content, id) : content;
}

/** Removes nodes; what led to them leads nowhere, and a flow whose entry is gone begins at the next node. */
export function removeNodes(content: Content, names: readonly string[]): Content {
  const gone = new Set(names.filter((name) => name in content.nodes));
  if (gone.size === 0) return content;
  const flows = [...new Set([...gone].map((name) => flowOf(content.nodes[name] as Node)))];
  const entries = flows.filter((flow) => gone.has(entryOf(content, flow)));
  const heirs = entries.map((flow): [string, string] => [flow, heirOf(content, flow, gone)]);
  const kept = {
    ...content,
    nodes: without(content.nodes, ...gone),
    layout: without(content.layout ?? {}, ...gone),
  };
  const loose = mapTargets(kept, (target) => (gone.has(target) ? UNCONNECTED : target));
  const forgotten = forgetNodes(loose, gone);
  return heirs.reduce((script, [flow, heir]) => withEntry(script, flow, heir), forgotten);
}

function heirOf(content: Content, flow: string, gone: ReadonlySet<string>): string {
  const entry = content.nodes[entryOf(content, flow)];
  const followers = entry ? waysOf(entry).map(({ target }) => target) : [];
  const candidates = [...followers, ...nodesIn(content, flow).map(([name]) => name)];
  const heir = candidates.find((name) => {
    const node = content.nodes[name];
    return node !== undefined && !gone.has(name) && flowOf(node) === flow;
  });
  return heir ?? UNCONNECTED;
}

/** Nodes that were copied, to be pasted into this script or another. */
export interface Clip {
  nodes: Record<string, Node>;
  layout: Record<string, Place>;
}

export const copyNodes = (content: Content, names: readonly string[]): Clip => ({
  nodes: Object.fromEntries(
    names.flatMap((name) => (content.nodes[name] ? [[name, content.nodes[name] as Node]] : [])),
  ),
  layout: Object.fromEntries(names.map((name) => [name, content.layout?.[name] ?? [0, 0]])),
});

/** A script with what was pasted into it, and what that is called there. */
export interface Pasted {
  content: Content;
  names: string[];
}

/** Pastes a clip, moved by `by`: ways within it lead to the copies, ways out of it where they led if that is there. */
export function paste(content: Content, clip: Clip, flow: string, by: Place): Pasted {
  const names = new Map<string, string>();
  const isTaken = nodeTaken(content);
  const given = new Set<string>();
  for (const name of Object.keys(clip.nodes)) {
    const free = freeName((one) => isTaken(one) || given.has(one), name);
    given.add(free);
    names.set(name, free);
  }
  const target = (name: string) => names.get(name) ?? (name in content.nodes ? name : "");
  const nodes = Object.entries(clip.nodes).map(([name, node]): [string, Node] => [
    names.get(name) as string,
    inFlow(redirected(node, target), flow),
  ]);
  const places = Object.entries(clip.layout).map(([name, [x, y]]): [string, Place] => [
    names.get(name) as string,
    [x + by[0], y + by[1]],
  ]);
  return {
    content: {
      ...content,
      nodes: { ...content.nodes, ...Object.fromEntries(nodes) },
      layout: { ...content.layout, ...Object.fromEntries(places) },
    },
    names: [...given],
  };
}

const redirected = (node: Node, target: (name: string) => string): Node =>
  waysOf(node)
    .filter((way) => way.kind !== "flow" && way.target !== "")
    .reduce((changed, way) => withWay(changed, way.id, target(way.target) || null), node);

/** A flow of its own, empty as yet. */
export function addFlow(content: Content, label: string): { content: Content; name: string } {
  const name = freeName(
    (one) => one in (content.flows ?? {}) || RESERVED.includes(one),
    nameFrom(label, "flow"),
  );
  return {
    content: { ...content, flows: { ...content.flows, [name]: { label, entry: UNCONNECTED } } },
    name,
  };
}

/** Takes a flow away with all that is drawn in it; jumps to it lead nowhere. */
export function removeFlow(content: Content, flow: string): Content {
  const emptied = removeNodes(
    content,
    nodesIn(content, flow).map(([name]) => name),
  );
  const nodes = Object.entries(emptied.nodes).map(([name, node]): [string, Node] => [
    name,
    node.kind === "jump" && node.to === flow ? { ...node, to: UNCONNECTED } : node,
  ]);
  return { ...emptied, nodes: Object.fromEntries(nodes), flows: without(emptied.flows ?? {}, flow) };
}

/** Draws nodes in another flow. */
export const moveToFlow = (content: Content, names: readonly string[], flow: string): Content =>
  names.reduce((script, name) => {
    const node = script.nodes[name];
    return node ? withNode(script, name, inFlow(node, flow)) : script;
  }, content);
