import type { ListColumnChoice } from "@/api/lists";

const SHOWN = "show";
const HIDDEN = "hide";
const SAVED = "saved";

/** Which of a page's lists it is, and how far one has turned its pages: not what a view is about. */
const PLACES = ["tab", "view", "list"];
const OWN = [SHOWN, HIDDEN, SAVED, "after"];
/** Whom one searched for, by name or number: a view outlives the people it was about. */
const SOUGHT = "text";

/** Which list of which page an address shows, whatever its filters. */
export function placeOf({ pathname, search }: { pathname: string; search: string }): string {
  const asked = new URLSearchParams(search);
  return [pathname, ...PLACES.map((name) => asked.get(name) ?? "")].join("?");
}

/** The view that the address says was opened. */
export const savedIn = (search: URLSearchParams): string | null => search.get(SAVED);

/** The columns that the address asks for; none where it leaves them to the reader. */
export function choiceIn(search: URLSearchParams): ListColumnChoice | null {
  if (![SHOWN, HIDDEN, SAVED].some((name) => search.has(name))) return null;
  return { shown: search.getAll(SHOWN), hidden: search.getAll(HIDDEN) };
}

/** The address with other columns. */
export function withChoice(search: URLSearchParams, { shown, hidden }: ListColumnChoice): URLSearchParams {
  const next = new URLSearchParams(search);
  next.delete(SHOWN);
  next.delete(HIDDEN);
  for (const key of shown) next.append(SHOWN, key);
  for (const key of hidden) next.append(HIDDEN, key);
  return next;
}

/** Filters and order of the address, in one order however they were chosen; not whom it searched for. */
export function filtersIn(search: URLSearchParams): string {
  const next = new URLSearchParams(search);
  for (const name of [...PLACES, ...OWN, SOUGHT]) next.delete(name);
  next.sort();
  return next.toString();
}

/** The same list, on its first page, without any filter or as a view has it. */
export function addressOf(
  here: URLSearchParams,
  view: { id: string; search: string; columns: ListColumnChoice } | null,
): URLSearchParams {
  const next = new URLSearchParams(view?.search ?? "");
  for (const name of PLACES) {
    next.delete(name);
    const place = here.get(name);
    if (place) next.set(name, place);
  }
  if (!view) return next;
  next.set(SAVED, view.id);
  return withChoice(next, view.columns);
}
