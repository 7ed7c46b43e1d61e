import { ANYWHERE, type Content, flowOf } from "./content";
import { waysFrom, waysTo } from "./ways";

/** Going along the ways by the arrow keys. */

export type Direction = "ArrowRight" | "ArrowLeft" | "ArrowDown" | "ArrowUp";

const isDrawn = (content: Content, name: string, flow: string): boolean => {
  const node = content.nodes[name];
  return node ? flowOf(node) === flow : false;
};

const unique = (names: string[]): string[] => [...new Set(names)];

/** What a way of `name` leads to in its own drawing, in the order of its ways. */
const followers = (content: Content, name: string, flow: string): string[] =>
  unique(waysFrom(content, name).map(({ target }) => target)).filter(
    (target) => target !== name && isDrawn(content, target, flow),
  );

const leaders = (content: Content, name: string, flow: string): string[] =>
  unique(waysTo(content, name).map(({ source }) => source)).filter(
    (source) => source !== name && (source === ANYWHERE || isDrawn(content, source, flow)),
  );

/**
 * The card to which an arrow key goes from `name`: right along its first way, left to what led here, up and down
 * among those that the same card leads to. Null where there is none.
 */
export function neighbour(content: Content, flow: string, name: string, direction: Direction): string | null {
  if (direction === "ArrowRight") return followers(content, name, flow)[0] ?? null;
  const [leader] = leaders(content, name, flow);
  if (direction === "ArrowLeft") return leader ?? null;
  if (!leader) return null;
  const siblings = followers(content, leader, flow);
  const place = siblings.indexOf(name) + (direction === "ArrowDown" ? 1 : -1);
  return siblings[place] ?? null;
}
