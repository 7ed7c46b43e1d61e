import { type Content, entryOf, flowOf } from "./content";
import { waysOf } from "./ways";

/** The nodes of a flow as one reads them: along the ways from where it begins, then what nothing leads to. */
export function inReadingOrder(content: Content, flow: string): string[] {
  const here = Object.keys(content.nodes).filter((name) => {
    const node = content.nodes[name];
    return node !== undefined && flowOf(node) === flow;
  });
  const drawn = new Set(here);
  const order = new Set<string>();
  const waiting = [entryOf(content, flow)];
  while (waiting.length > 0) {
    const name = waiting.shift() ?? "";
    const node = content.nodes[name];
    if (!node || !drawn.has(name) || order.has(name)) continue;
    order.add(name);
    // The first way is followed to its end before the next one is begun.
    waiting.unshift(...waysOf(node).map(({ target }) => target));
  }
  return [...order, ...here.filter((name) => !order.has(name))];
}
