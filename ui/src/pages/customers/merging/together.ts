import type { MergeCustomers } from "@/api/book";
import type { CustomerCard } from "@/api/model";

/** A part in which the merged customers may differ, with the values that they have. */
export interface Part {
  /** `name`, `category`, `owner_id`, `follow_up_at`, or `fields.` and the field's key. */
  key: string;
  values: { value: string; from: string }[];
}

const OWN = "fields.";

function saidBy(card: CustomerCard, key: string): string {
  if (key.startsWith(OWN)) return card.fields[key.slice(OWN.length)] ?? "";
  if (key === "owner_id") return card.owner?.id ?? "";
  return (card[key as "name"] as string | null) ?? "";
}

/** Where the customers say more than one thing, each thing once, that of the kept one first. */
export function partsOf(cards: readonly CustomerCard[], keptId: string): Part[] {
  const sorted = [...cards].sort((one, other) => Number(other.id === keptId) - Number(one.id === keptId));
  const own = new Set(cards.flatMap(({ fields }) => Object.keys(fields).map((key) => OWN + key)));
  return ["name", "category", "owner_id", "follow_up_at", ...own]
    .map((key) => {
      const values = sorted.map((card) => ({ value: saidBy(card, key), from: card.phone }));
      const once = values.filter(
        ({ value }, at) => value !== "" && values.findIndex((other) => other.value === value) === at,
      );
      return { key, values: once };
    })
    .filter(({ values }) => values.length > 1);
}

/** What is sent: who is kept, who goes, and the values that were chosen where they differ. */
export function mergeBody(
  cards: readonly CustomerCard[],
  keptId: string,
  chosen: Readonly<Record<string, string>>,
): MergeCustomers {
  const parts = partsOf(cards, keptId);
  const values = parts.map(({ key, values: [first] }) => [key, chosen[key] ?? first?.value ?? ""] as const);
  const own = values
    .filter(([key]) => key.startsWith(OWN))
    .map(([key, value]) => [key.slice(OWN.length), value]);
  const others = cards.filter(({ id }) => id !== keptId);
  return {
    revision: cards.find(({ id }) => id === keptId)?.revision ?? 0,
    others: others.map(({ id, revision }) => ({ id, revision })),
    ...Object.fromEntries(values.filter(([key]) => !key.startsWith(OWN))),
    ...(own.length > 0 ? { fields: Object.fromEntries(own) } : {}),
  } as MergeCustomers;
}
