import { type AskNode, type CollectNode, type Content, listed } from "./content";

type Asking = AskNode | CollectNode;

const asking = (content: Content, name: string): Asking | null => {
  const node = content.nodes[name];
  return node?.kind === "ask" || node?.kind === "collect" ? node : null;
};

const wordsOf = ({ again }: Asking): string => listed(again).join("\n");

/**
 * Whether a question was written anew since its other words were: asked once more it may ask something else.
 * `before` are the states of the script so far, oldest first.
 */
export function isAgainStale(before: readonly Content[], now: Content, name: string): boolean {
  const node = asking(now, name);
  if (!node || wordsOf(node) === "") return false;
  let asked = node.text;
  for (const content of before.toReversed()) {
    const was = asking(content, name);
    if (!was || wordsOf(was) !== wordsOf(node)) break;
    asked = was.text;
  }
  return asked.trim() !== node.text.trim();
}
