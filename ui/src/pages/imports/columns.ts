import type { ImportPreview } from "@/api/model";

type Places = ImportPreview["places"];

/** Say that `key` stands in a column, and nothing else does; `null` takes what stood there away. */
export function placed(places: Places, place: number, key: string | null): Places {
  const kept = Object.entries(places).filter(([known, at]) => known !== key && at !== place);
  return Object.fromEntries(key === null ? kept : [...kept, [key, place]]);
}

/** What a column is taken for: a variable before the customer's name, which may stand in the same one. */
export function keyAt(places: Places, place: number): string | null {
  const keys = Object.keys(places).filter((key) => places[key] === place);
  return keys.find((key) => key.startsWith("variables.")) ?? keys[0] ?? null;
}

const NAMES: readonly string[] = ["variables.name", "variables.customer_name"];

/** What is required and stands nowhere; the customer's name serves for a variable of that name. */
export const missingKeys = (preview: ImportPreview, places: Places): string[] =>
  preview.choices
    .filter(({ key, required }) => required && !(key in places) && !(NAMES.includes(key) && "name" in places))
    .map(({ key }) => key);

/** How many columns the file has in what was shown of it. */
export const width = (preview: ImportPreview): number =>
  Math.max(preview.headings.length, ...preview.rows.map((row) => row.length));
