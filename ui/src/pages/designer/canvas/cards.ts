import type { Edge, Node as FlowNode } from "@xyflow/react";
import type { ScriptFault } from "@/api/model";
import { ANYWHERE, type Content, entryOf, MAIN, type Node, nodesIn } from "../script/content";
import { CARD_WIDTH } from "../script/layout";
import { type Way, waysAnywhere, waysOf } from "../script/ways";
import type { WayPicked } from "../state/design";

/** A script's flow as the cards and lines of the drawing. */

export interface CardData extends Record<string, unknown> {
  name: string;
  /** Null for the card that stands for what is heeded anywhere. */
  node: Node | null;
  ways: Way[];
  isEntry: boolean;
  faults: readonly ScriptFault[];
  /** Its place in the path pointed at, from 1; 0 where it isn't in it. */
  step: number;
  /** Something else is pointed at. */
  isDim: boolean;
}

export type Card = FlowNode<CardData, "card">;

export interface Marks {
  faults: readonly ScriptFault[];
  path: readonly string[];
}

export const edgeId = (source: string, way: string): string => `${source}|${way}`;

const placeOf = (content: Content, name: string) => {
  const [x, y] = content.layout?.[name] ?? [0, 0];
  return { x, y };
};

interface Drawn {
  name: string;
  node: Node | null;
  ways: Way[];
}

function drawnIn(content: Content, flow: string): Drawn[] {
  const nodes = nodesIn(content, flow).map(([name, node]) => ({ name, node, ways: waysOf(node) }));
  if (flow !== MAIN || ANYWHERE in content.nodes) return nodes;
  return [...nodes, { name: ANYWHERE, node: null, ways: waysAnywhere(content) }];
}

/** The cards of a flow from left to right, so that the tab key goes through them as a call does. */
export function cardsOf(content: Content, flow: string, { faults, path }: Marks): Card[] {
  const entry = entryOf(content, flow);
  const wrong = new Map<string, ScriptFault[]>();
  for (const fault of faults)
    if (fault.node) wrong.set(fault.node, [...(wrong.get(fault.node) ?? []), fault]);
  const cards = drawnIn(content, flow).map(
    ({ name, node, ways }): Card => ({
      id: name,
      type: "card",
      position: placeOf(content, name),
      width: CARD_WIDTH,
      data: {
        name,
        node,
        ways,
        isEntry: name === entry,
        faults: wrong.get(name) ?? [],
        step: path.lastIndexOf(name) + 1,
        isDim: path.length > 0 && !path.includes(name),
      },
    }),
  );
  return cards.sort((one, other) => one.position.x - other.position.x || one.position.y - other.position.y);
}

const follows = (path: readonly string[], source: string, target: string): boolean =>
  path.some((name, index) => name === source && path[index + 1] === target);

function lookOf(onPath: boolean, isPointing: boolean, source: string): string {
  if (onPath) return "on-path";
  if (isPointing) return "dim";
  return source === ANYWHERE ? "aside" : "";
}

/** The lines of a flow: every way that leads to a card of the same drawing. */
export function linesOf(
  content: Content,
  flow: string,
  path: readonly string[],
  picked: WayPicked | null,
): Edge[] {
  const drawn = drawnIn(content, flow);
  const names = new Set(drawn.map(({ name }) => name));
  return drawn.flatMap(({ name, ways }) =>
    ways
      .filter(({ kind, target }) => kind !== "flow" && names.has(target))
      .map(({ id, target }) => {
        const onPath = follows(path, name, target);
        return {
          id: edgeId(name, id),
          source: name,
          sourceHandle: id,
          target,
          targetHandle: "in",
          reconnectable: "target" as const,
          selected: picked?.source === name && picked.id === id,
          className: lookOf(onPath, path.length > 0, name),
          zIndex: onPath ? 10 : 0,
        };
      }),
  );
}

const sameFaults = (ones: readonly ScriptFault[], others: readonly ScriptFault[]): boolean =>
  ones.length === others.length && ones.every((one, place) => one.message === others[place]?.message);

const sameData = (one: CardData, other: CardData): boolean =>
  one.node === other.node &&
  one.isEntry === other.isEntry &&
  sameFaults(one.faults, other.faults) &&
  one.step === other.step &&
  one.isDim === other.isDim &&
  (one.node !== null || JSON.stringify(one.ways) === JSON.stringify(other.ways));

const sameCard = (before: Card, card: Card, isSelected: boolean): boolean =>
  before.position.x === card.position.x &&
  before.position.y === card.position.y &&
  Boolean(before.selected) === isSelected &&
  sameData(before.data, card.data);

/** `cards` with what the drawing knows of them already: their sizes, and the same objects where nothing changed. */
export function merged(old: readonly Card[], cards: readonly Card[], selected: readonly string[]): Card[] {
  const known = new Map(old.map((card) => [card.id, card]));
  return cards.map((card) => {
    const before = known.get(card.id);
    const isSelected = selected.includes(card.id);
    if (!before) return { ...card, selected: isSelected };
    if (sameCard(before, card, isSelected)) return before;
    const data = sameData(before.data, card.data) ? before.data : card.data;
    return { ...before, position: card.position, data, selected: isSelected };
  });
}
