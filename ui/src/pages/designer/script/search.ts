import { type Content, textsOf } from "./content";

export interface Found {
  name: string;
  /** The words that fit; empty where the name does. */
  words: string;
}

/** The nodes whose name or words hold `wanted`, those of that name first. */
export function findNodes(content: Content, wanted: string): Found[] {
  const sought = wanted.trim().toLocaleLowerCase();
  if (!sought) return [];
  const fits = (text: string) => text.toLocaleLowerCase().includes(sought);
  const asName = sought.replaceAll(/\s+/g, "_");
  const entries = Object.entries(content.nodes);
  const named = entries.filter(([name]) => name.includes(asName)).map(([name]) => ({ name, words: "" }));
  const spoken = entries.flatMap(([name, node]) => {
    if (name.includes(asName)) return [];
    const words = textsOf(node).find(fits);
    return words === undefined ? [] : [{ name, words }];
  });
  return [...named, ...spoken];
}
