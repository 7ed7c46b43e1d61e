const FOCUSABLE =
  "input:not([type=hidden]), textarea, button, select, a[href], [tabindex]:not([tabindex='-1'])";
/** What opens is drawn by then. */
const OPENED_MS = 60;

/** What the focus can be on, of `element` and what is within it. */
function focusable(element: HTMLElement): HTMLElement | undefined {
  const within = [element, ...element.querySelectorAll<HTMLElement>("*")];
  return within.find((one) => one.matches(FOCUSABLE) && !one.matches(":disabled") && one.checkVisibility());
}

/** Brings the focus to what opened last: to the first thing within its `data-first` that can be seen. */
export function focusFirst(): void {
  setTimeout(() => {
    const marked = [...document.querySelectorAll<HTMLElement>("[data-first]")];
    marked
      .filter((one) => one.checkVisibility())
      .map(focusable)
      .findLast((one) => one !== undefined)
      ?.focus();
  }, OPENED_MS);
}
