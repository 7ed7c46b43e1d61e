import type { Task } from "@/api/model";

type Variables = Task["variables"];

/** Variables that stand for the customer's own name, which every customer has as a field of its own. */
const NAMES: readonly string[] = ["name", "customer_name"];

/** The variables of the script beside the customer's name. */
export const otherVariables = (variables: Variables): Variables =>
  variables.filter(({ name }) => !NAMES.includes(name));

/** Whether the script says the customer's name and so can't do without it. */
export const needsName = (variables: Variables): boolean =>
  variables.some(({ name, required }) => required && NAMES.includes(name));

/** Headings that are the customer's own, whatever a script calls its variables. */
const RESERVED: readonly string[] = ["phone", "consent", "consent_source"];

/** The headings of the task's template, those that must be filled with a star. */
export function templateColumns(variables: Variables): string[] {
  const own = variables.map(({ name, required }) => {
    const heading = RESERVED.includes(name) ? `variables.${name}` : name;
    return required ? `${heading}*` : heading;
  });
  const named = variables.some(({ name }) => NAMES.includes(name));
  return ["phone*", ...own, ...(named ? [] : ["name"]), "consent", "consent_source"];
}
