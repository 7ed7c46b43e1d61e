import type { CustomerCard } from "@/api/model";
import type { Change } from "./useChange";

/** A customer as the form holds it; `follow_up_at` is the reader's own clock, to the minute. */
export interface Typed {
  name: string;
  category: string;
  tags: string[];
  notes: string;
  follow_up_at: string;
  fields: Record<string, string>;
}

const MINUTE = 16;
const MINUTE_MS = 60_000;

/** A moment as a field of date and time wants it; empty for none. */
export function onTheClock(moment: string | null): string {
  if (!moment) return "";
  const at = new Date(moment);
  return new Date(at.getTime() - at.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, MINUTE);
}

export const typedOf = (card: CustomerCard): Typed => ({
  name: card.name,
  category: card.category,
  tags: card.tags,
  notes: card.notes,
  follow_up_at: onTheClock(card.follow_up_at),
  fields: card.fields,
});

/** Columns of files that are the customer's name, which has a place of its own. */
const NAMES = ["name", "customer_name"];

/** The company's own columns that this customer has. */
export const ownFields = (card: CustomerCard): string[] =>
  Object.keys(card.fields).filter((name) => !NAMES.includes(name));

/** The parts that were typed otherwise than they were seen. */
export function changed(seen: CustomerCard, typed: Typed): Change {
  const was = typedOf(seen);
  const change: Change = {};
  if (typed.name !== was.name) change.name = typed.name;
  if (typed.category !== was.category) change.category = typed.category ?? "";
  if (typed.notes !== was.notes) change.notes = typed.notes;
  if (typed.tags.join("\n") !== was.tags.join("\n")) change.tags = typed.tags;
  if (typed.follow_up_at !== was.follow_up_at)
    change.follow_up_at = typed.follow_up_at ? new Date(typed.follow_up_at).toISOString() : null;
  const fields = Object.entries(typed.fields ?? {}).filter(
    ([name, value]) => (value ?? "") !== (was.fields[name] ?? ""),
  );
  if (fields.length > 0)
    change.fields = Object.fromEntries(fields.map(([name, value]) => [name, value || null]));
  return change;
}
