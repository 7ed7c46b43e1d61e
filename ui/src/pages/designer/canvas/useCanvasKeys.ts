import { useEffect, useRef } from "react";
import { entryOf, nodesIn } from "../script/content";
import { type Direction, neighbour } from "../script/walk";
import { type Desk, useDesk } from "../state/DesignContext";
import { cardAt, focusCard, focusedCard, focusPanel, isBeside, isDrawing, isOpen, isTyping } from "./focus";
import { type CardActs, useCardActs } from "./useCardActs";

const DIRECTIONS: readonly string[] = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"];

interface Hand {
  desk: Desk;
  acts: CardActs;
}

/** Goes on from the focused card, or from the one that was chosen since; from nowhere, to where the flow begins. */
function walk({ content, design, dispatch }: Desk, direction: Direction): void {
  const { flow, selected } = design;
  const focused = focusedCard();
  const from = focused && (selected.length === 0 || selected.includes(focused)) ? focused : selected[0];
  const next = from ? neighbour(content, flow, from, direction) : entryOf(content, flow);
  if (next) dispatch({ type: "goto", name: next });
}

const CHOSEN: Record<string, (hand: Hand, shift: boolean) => void> = {
  c: ({ acts }) => acts.copy(),
  x: ({ acts }) => acts.cut(),
  v: ({ acts }) => acts.paste(),
  d: ({ acts }) => acts.duplicate(),
  y: ({ desk: { dispatch } }) => dispatch({ type: "redo" }),
  z: ({ desk: { dispatch } }, shift) => dispatch({ type: shift ? "redo" : "undo" }),
  a: ({ desk: { content, design, dispatch } }) =>
    dispatch({ type: "select", names: nodesIn(content, design.flow).map(([name]) => name) }),
};

const ANYTIME: readonly string[] = ["z", "y", "v"];

function openCard({ dispatch }: Desk, { target, key }: KeyboardEvent): boolean {
  const card = cardAt(target);
  const name = card?.dataset.id;
  if (!name || target !== card) return false;
  dispatch({ type: "select", names: [name] });
  dispatch({ type: "tab", tab: "node" });
  if (key === "Enter") focusPanel(name);
  return true;
}

function plain({ desk, acts }: Hand, event: KeyboardEvent): boolean {
  const { key } = event;
  if (DIRECTIONS.includes(key)) {
    walk(desk, key as Direction);
    return true;
  }
  switch (key) {
    case "Delete":
    case "Backspace":
      acts.remove();
      return true;
    case "Escape":
      desk.dispatch({ type: "select", names: [] });
      desk.dispatch({ type: "path", path: [] });
      return true;
    case "Enter":
    case " ":
      return openCard(desk, event);
    default:
      return false;
  }
}

/** From the panel back to the card that it is about. */
function leavePanel({ content, design, dispatch }: Desk): void {
  const { selected, way, wanted, flow } = design;
  const [name = way?.source ?? wanted?.name ?? entryOf(content, flow)] = selected;
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (selected.length > 1) focusCard(name);
  else dispatch({ type: "goto", name });
}

const isCommand = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;
const isFind = (event: KeyboardEvent): boolean => isCommand(event) && event.key.toLowerCase() === "f";

/** Does what a key asks for; tells whether it asked for anything. */
function isOurs(hand: Hand, event: KeyboardEvent): boolean {
  const drawing = isDrawing(event.target);
  if (!isCommand(event)) return drawing && plain(hand, event);
  const key = event.key.toLowerCase();
  const act = CHOSEN[key];
  if (!act || !(drawing || ANYTIME.includes(key))) return false;
  act(hand, event.shiftKey);
  return true;
}

/** The designer's keys. Fields keep theirs: undoing in a field undoes what was typed there. */
export function useCanvasKeys(find: () => void): void {
  const desk = useDesk();
  const acts = useCardActs();
  const now = useRef({ desk, acts, find });
  now.current = { desk, acts, find };
  const wasOpen = useRef(false);
  useEffect(() => {
    // Once the key has come up here, what it closed is closed.
    const before = (event: KeyboardEvent) => {
      wasOpen.current = isOpen(event.target);
    };
    const press = (event: KeyboardEvent) => {
      const { find: open, ...hand } = now.current;
      if (isBeside(event.target) && event.key === "Escape") {
        if (!wasOpen.current) leavePanel(hand.desk);
      } else if (isFind(event)) {
        event.preventDefault();
        open();
      } else if (!isTyping(event.target) && isOurs(hand, event)) event.preventDefault();
    };
    window.addEventListener("keydown", before, true);
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", before, true);
      window.removeEventListener("keydown", press);
    };
  }, []);
}
