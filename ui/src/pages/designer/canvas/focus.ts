import { ANYWHERE } from "../script/content";

/** Where the keyboard is on the designer's page. */

const CARD = ".react-flow__node";
/** What closes at Escape by itself, in the panel. */
const OPEN = "[aria-expanded=true], .ant-dropdown-open, .ant-popover-open";
/** What is added to the page is drawn by then. */
export const SHOWN_MS = 60;

export const cardAt = (target: EventTarget | null): HTMLElement | null =>
  target instanceof HTMLElement ? target.closest<HTMLElement>(CARD) : null;

/** The name of the card that the focus is on, or within. */
export const focusedCard = (): string | null => cardAt(document.activeElement)?.dataset.id ?? null;

export function focusCard(name: string): void {
  document
    .querySelector<HTMLElement>(`${CARD}[data-id="${CSS.escape(name)}"]`)
    ?.focus({ preventScroll: true });
}

/** A key about the drawing means nothing while the focus is on something else that uses it. */
export const isDrawing = (target: EventTarget | null): boolean =>
  target === document.body || (target instanceof HTMLElement && target.closest(".react-flow") !== null);

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.closest("input, textarea, select, [contenteditable=true], [role=combobox]") !== null ||
    target.closest(".ant-modal, .ant-drawer, .ant-dropdown, .ant-popover") !== null);

/** Whether the focus is in the panel beside the drawing. */
export const isBeside = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("#side-panel") !== null;

/** Whether the focus is on something that is open itself, such as a list to choose from. */
export const isOpen = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches(OPEN) || target.closest(OPEN) !== null);

/** Brings the focus into the panel, to the first thing that is written there. */
export function focusPanel(name: string): void {
  const first = name === ANYWHERE ? "button, input" : "textarea, input";
  setTimeout(() => document.querySelector<HTMLElement>(`#node-panel :is(${first})`)?.focus(), SHOWN_MS);
}
