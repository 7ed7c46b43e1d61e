import { useEffect, useRef } from "react";
import { ANYWHERE, nodesIn } from "../script/content";
import { copyNodes, type Place, paste, removeNodes, takeWay } from "../script/edit";
import { type Direction, neighbour } from "../script/walk";
import { type Desk, useDesk } from "../state/DesignContext";
import { heldClip, hold } from "./clipboard";

const BESIDE: Place = [48, 48];
const DIRECTIONS: readonly string[] = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"];

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.closest("input, textarea, select, [contenteditable=true], [role=combobox]") !== null ||
    target.closest(".ant-modal, .ant-drawer, .ant-dropdown, .ant-popover") !== null);

/** A key about the drawing means nothing while the focus is on something else that uses it. */
const isDrawing = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof HTMLElement && target.closest(".react-flow") !== null);

const cards = ({ content, design }: Desk): string[] =>
  design.selected.filter((name) => name in content.nodes);

/** Pastes what was copied, from here or another script, and chooses the copies. */
export function pasteInto({ content, design, edit }: Desk): void {
  const clip = heldClip();
  if (!clip) return;
  const pasted = paste(content, clip, design.flow, BESIDE);
  edit(() => pasted.content, "", pasted.names);
  hold({ ...clip, layout: shifted(clip.layout) });
}

const shifted = (layout: Record<string, Place>): Record<string, Place> =>
  Object.fromEntries(
    Object.entries(layout).map(([name, [x, y]]) => [name, [x + BESIDE[0], y + BESIDE[1]] as Place]),
  );

export function duplicate(desk: Desk): void {
  const names = cards(desk);
  if (names.length === 0) return;
  const copied = paste(desk.content, copyNodes(desk.content, names), desk.design.flow, BESIDE);
  desk.edit(() => copied.content, "", copied.names);
}

export function copySelected(desk: Desk): void {
  const names = cards(desk);
  if (names.length > 0) hold(copyNodes(desk.content, names));
}

export function removeSelected(desk: Desk): void {
  const { design, edit, dispatch } = desk;
  const { way } = design;
  if (way) {
    edit((content) => takeWay(content, way.source, way.id));
    dispatch({ type: "way", way: null });
  } else {
    const names = cards(desk);
    if (names.length > 0) edit((content) => removeNodes(content, names), "", []);
  }
}

function walk(desk: Desk, target: EventTarget | null, direction: Direction): boolean {
  const focused = target instanceof HTMLElement ? target.closest<HTMLElement>(".react-flow__node") : null;
  const from = focused?.dataset.id ?? desk.design.selected[0];
  if (!from) return false;
  const next = neighbour(desk.content, desk.design.flow, from, direction);
  if (next) desk.dispatch({ type: "goto", name: next });
  return true;
}

const CHOSEN: Record<string, (desk: Desk, shift: boolean) => void> = {
  c: (desk) => copySelected(desk),
  x: (desk) => {
    copySelected(desk);
    removeSelected(desk);
  },
  v: (desk) => pasteInto(desk),
  d: (desk) => duplicate(desk),
  y: ({ dispatch }) => dispatch({ type: "redo" }),
  z: ({ dispatch }, shift) => dispatch({ type: shift ? "redo" : "undo" }),
  a: ({ content, design, dispatch }) =>
    dispatch({ type: "select", names: nodesIn(content, design.flow).map(([name]) => name) }),
};

const ANYTIME: readonly string[] = ["z", "y", "v"];

function openCard(desk: Desk, event: KeyboardEvent): boolean {
  const { target, key } = event;
  const card = target instanceof HTMLElement ? target.closest<HTMLElement>(".react-flow__node") : null;
  const name = card?.dataset.id;
  if (!name || target !== card) return false;
  desk.dispatch({ type: "select", names: [name] });
  desk.dispatch({ type: "tab", tab: "node" });
  if (key === "Enter") focusPanel(name);
  return true;
}

function plain(desk: Desk, event: KeyboardEvent): boolean {
  const { key, target } = event;
  if (DIRECTIONS.includes(key)) return walk(desk, target, key as Direction);
  switch (key) {
    case "Delete":
    case "Backspace":
      removeSelected(desk);
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

function focusPanel(name: string): void {
  const first = name === ANYWHERE ? "button, input" : "textarea, input";
  setTimeout(() => document.querySelector<HTMLElement>(`#node-panel :is(${first})`)?.focus(), 60);
}

const isCommand = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey;

/** Does what a key asks for; tells whether it asked for anything. */
function isOurs(desk: Desk, event: KeyboardEvent): boolean {
  const drawing = isDrawing(event.target);
  if (!isCommand(event)) return drawing && plain(desk, event);
  const key = event.key.toLowerCase();
  const act = CHOSEN[key];
  if (!act || !(drawing || ANYTIME.includes(key))) return false;
  act(desk, event.shiftKey);
  return true;
}

/** The designer's keys. Fields keep theirs: undoing in a field undoes what was typed there. */
export function useCanvasKeys(find: () => void): void {
  const desk = useDesk();
  const now = useRef({ desk, find });
  now.current = { desk, find };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { desk: at, find: open } = now.current;
      if (isCommand(event) && event.key.toLowerCase() === "f") {
        event.preventDefault();
        open();
      } else if (!isTyping(event.target) && isOurs(at, event)) event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
