import { ANYWHERE, type Content, listed, type When } from "./content";
import { waysFrom } from "./ways";

/** Where something that has a name is used: node names, `anywhere`, or grades. */

function inWhen(when: When, part: "met" | "collected" | "reached", name: string): boolean {
  const not = part === "collected" ? [] : listed(when[`not_${part}`]);
  const here = [...listed(when[part]), ...not].includes(name);
  return here || (when.any ?? []).some((one) => inWhen(one, part, name));
}

const branching = (content: Content, source: string, name: string): boolean =>
  waysFrom(content, source).some(({ kind, of }) => kind === "branch" && of === name);

/** The nodes, and the other places, that heed an intent or a question. */
export function usesOfMeaning(content: Content, name: string): string[] {
  const nodes = Object.entries(content.nodes)
    .filter(
      ([node, { kind, ...rest }]) =>
        branching(content, node, name) ||
        (kind === "condition" &&
          (rest as { cases: { when: When }[] }).cases.some(({ when }) => inWhen(when, "met", name))),
    )
    .map(([node]) => node);
  const anywhere = branching(content, ANYWHERE, name) || listed(content.anywhere?.repeat).includes(name);
  const grades = (content.grades.rules ?? []).filter(({ when }) => inWhen(when, "met", name));
  return [...nodes, ...(anywhere ? [ANYWHERE] : []), ...grades.map(({ because }) => `“${because}”`)];
}
