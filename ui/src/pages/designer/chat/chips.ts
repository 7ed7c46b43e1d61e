import { type Content, listed } from "../script/content";
import { waysOf } from "../script/ways";

const MOST = 7;

/** What a customer may say at a node: an example of each of its branches, then of what is heeded anywhere. */
export function chipsFor(content: Content, node: string | undefined): { name: string; said: string }[] {
  const found = node === undefined ? undefined : content.nodes[node];
  const here = found ? waysOf(found).flatMap(({ kind, of }) => (kind === "branch" ? [of] : [])) : [];
  const anywhere = [...Object.keys(content.anywhere?.branches ?? {}), ...listed(content.anywhere?.repeat)];
  const names = [...new Set([...here, ...anywhere, ...Object.keys(content.knowledge ?? {})])];
  return names.slice(0, MOST).flatMap((name) => {
    const said = content.intents[name]?.examples[0] ?? content.knowledge?.[name]?.wordings[0];
    return said ? [{ name, said }] : [];
  });
}
