import dagre from "@dagrejs/dagre";
import { ANYWHERE, type Content, entryOf, MAIN, type Node, nodesIn, textOf } from "./content";
import type { Place } from "./edit";
import { type Way, waysAnywhere, waysOf } from "./ways";

/** Where nodes stand in a drawing: from left to right, as a call goes. */

export const CARD_WIDTH = 248;
const HEAD = 58;
const TEXT_LINE = 19;
const TEXT_LINES = 3;
const CHARACTERS_A_LINE = 34;
const WAY = 26;
const FOOT = 8;

const lines = (text: string): number =>
  Math.min(
    TEXT_LINES,
    Math.ceil([...text].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 1.8 : 1), 0) / CHARACTERS_A_LINE),
  );

/** About how tall a card is, in px, before it has been drawn. */
export const heightOf = (text: string, ways: number): number =>
  HEAD + lines(text) * TEXT_LINE + ways * WAY + FOOT;

const cardHeight = (node: Node): number => heightOf(textOf(node), waysOf(node).length);

interface Box {
  name: string;
  height: number;
  ways: Way[];
}

function boxesOf(content: Content, flow: string): Box[] {
  const boxes = nodesIn(content, flow).map(([name, node]) => ({
    name,
    height: cardHeight(node),
    ways: waysOf(node),
  }));
  if (flow !== MAIN || ANYWHERE in content.nodes) return boxes;
  const ways = waysAnywhere(content);
  return [...boxes, { name: ANYWHERE, height: heightOf("", ways.length), ways }];
}

/** The places of every card of a flow, its entry leftmost. */
export function arrange(content: Content, flow: string): Record<string, Place> {
  const boxes = boxesOf(content, flow);
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 36, ranksep: 96, ranker: "network-simplex" });
  graph.setDefaultEdgeLabel(() => ({}));
  const entry = entryOf(content, flow);
  const ordered = [...boxes].sort((one, other) => Number(other.name === entry) - Number(one.name === entry));
  for (const { name, height } of ordered) graph.setNode(name, { width: CARD_WIDTH, height });
  for (const { name, ways } of ordered)
    for (const { id, kind, target } of ways)
      if (kind !== "flow" && graph.hasNode(target)) graph.setEdge(name, target, { weight: 1 }, id);
  dagre.layout(graph);
  return Object.fromEntries(
    boxes.map(({ name, height }) => {
      const { x, y } = graph.node(name) as { x: number; y: number };
      return [name, [Math.round(x - CARD_WIDTH / 2), Math.round(y - height / 2)] as Place];
    }),
  );
}

/** The script with every card of a flow put where it reads best. */
export const arranged = (content: Content, flow: string): Content => ({
  ...content,
  layout: { ...content.layout, ...arrange(content, flow) },
});

/** The script with a place for every card: those that have none get one, the others stay where they are. */
export function placed(content: Content): Content {
  const flows = [MAIN, ...Object.keys(content.flows ?? {})];
  const found = flows.flatMap((flow) => {
    const names = boxesOf(content, flow).map(({ name }) => name);
    if (names.every((name) => content.layout?.[name])) return [];
    return Object.entries(below(content, names, arrange(content, flow)));
  });
  return found.length === 0
    ? content
    : { ...content, layout: { ...Object.fromEntries(found), ...content.layout } };
}

/** Places moved so that the new ones stand under what has been placed by hand. */
function below(content: Content, names: string[], places: Record<string, Place>): Record<string, Place> {
  const kept = names.flatMap((name) => content.layout?.[name] ?? []);
  const standing = names.flatMap((name) => (content.layout?.[name] ? [content.layout[name]] : []));
  if (kept.length === 0) return places;
  const bottom = Math.max(...standing.map(([, y]) => y)) + 260;
  const left = Math.min(...standing.map(([x]) => x));
  const fresh = names.filter((name) => !content.layout?.[name]);
  const top = Math.min(...fresh.map((name) => places[name]?.[1] ?? 0));
  const start = Math.min(...fresh.map((name) => places[name]?.[0] ?? 0));
  return Object.fromEntries(
    fresh.map((name) => {
      const [x, y] = places[name] ?? [0, 0];
      return [name, [x - start + left, y - top + bottom] as Place];
    }),
  );
}

/** A place near `wanted` where a card overlaps no other. */
export function freePlace(content: Content, flow: string, wanted: Place): Place {
  const others = nodesIn(content, flow).flatMap(([name, node]) => {
    const place = content.layout?.[name];
    return place ? [{ place, height: cardHeight(node) }] : [];
  });
  let [x, y] = wanted;
  for (let tries = 0; tries < 100; tries += 1) {
    const hit = others.find(
      ({ place, height }) =>
        Math.abs(place[0] - x) < CARD_WIDTH + 16 && y < place[1] + height + 16 && place[1] < y + 176,
    );
    if (!hit) break;
    y = hit.place[1] + hit.height + 24;
  }
  return [Math.round(x), Math.round(y)];
}
