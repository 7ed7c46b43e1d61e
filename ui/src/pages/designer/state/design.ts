import { ANYWHERE, type Content, flowOf, MAIN } from "../script/content";
import { begin, type History, record, redo, undo } from "../script/history";

/** What stands on the designer's screen: the script with its history, and what of it is looked at. */

export type SideTab = "node" | "faults" | "test";

export interface WayPicked {
  source: string;
  id: string;
}

export interface Design {
  history: History<Content>;
  flow: string;
  /** The cards that are chosen, by name. */
  selected: readonly string[];
  way: WayPicked | null;
  tab: SideTab;
  /** Nodes to be pointed at: the path of a fault, or of a conversation. */
  path: readonly string[];
  /** A card to be brought into view, with the focus or without it; `count` tells one wish from the next. */
  wanted: { name: string; focused: boolean; count: number } | null;
}

export type Act =
  | {
      type: "change";
      change: (content: Content) => Content;
      key?: string;
      at: number;
      select?: readonly string[];
    }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "replace"; content: Content }
  | { type: "flow"; flow: string }
  | { type: "select"; names: readonly string[] }
  | { type: "way"; way: WayPicked | null }
  | { type: "tab"; tab: SideTab }
  | { type: "path"; path: readonly string[] }
  | { type: "goto"; name: string }
  /** Brings a card into view without choosing it, and leaves the focus where it is. */
  | { type: "look"; name: string };

export const start = (content: Content): Design => ({
  history: begin(content),
  flow: MAIN,
  selected: [],
  way: null,
  tab: "node",
  path: [],
  wanted: null,
});

const flowIsThere = (content: Content, flow: string): boolean =>
  flow === MAIN || flow in (content.flows ?? {});
const cardIsThere = (content: Content, name: string): boolean => name in content.nodes || name === ANYWHERE;

/** The same screen over another state of the script: what is no longer there is no longer looked at. */
function over(design: Design, history: History<Content>): Design {
  if (history === design.history) return design;
  const content = history.present;
  const selected = design.selected.filter((name) => cardIsThere(content, name));
  return {
    ...design,
    history,
    flow: flowIsThere(content, design.flow) ? design.flow : MAIN,
    selected: selected.length === design.selected.length ? design.selected : selected,
    way: design.way && cardIsThere(content, design.way.source) ? design.way : null,
  };
}

function goTo(design: Design, name: string, focused: boolean): Design {
  const node = design.history.present.nodes[name];
  if (!node && name !== ANYWHERE) return design;
  return {
    ...design,
    flow: node ? flowOf(node) : MAIN,
    selected: [name],
    way: null,
    wanted: { name, focused, count: (design.wanted?.count ?? 0) + 1 },
  };
}

export function reduce(design: Design, act: Act): Design {
  switch (act.type) {
    case "change": {
      const next = act.change(design.history.present);
      const changed = over(design, record(design.history, next, act.key ?? "", act.at));
      return act.select ? { ...changed, selected: act.select, way: null } : changed;
    }
    case "undo":
      return over(design, undo(design.history));
    case "redo":
      return over(design, redo(design.history));
    case "replace":
      return over({ ...design, path: [] }, begin(act.content));
    case "flow":
      return { ...design, flow: act.flow, selected: [], way: null };
    case "select":
      return { ...design, selected: act.names, way: null };
    case "way":
      return { ...design, way: act.way, selected: act.way ? [] : design.selected };
    case "tab":
      return { ...design, tab: act.tab };
    case "path":
      return { ...design, path: act.path };
    case "goto":
      return goTo(design, act.name, true);
    case "look": {
      const seen = goTo(design, act.name, false);
      return { ...seen, selected: seen.flow === design.flow ? design.selected : [], way: null };
    }
  }
}
