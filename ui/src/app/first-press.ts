/** What sends something: a second press in a row would send it twice. */
const SENDS = "button[type=submit], button.ant-btn-primary, button[data-sends]";

/**
 * Lets only the first press of a double click through to a button that sends something. What it sends may be done,
 * and its drawer on the way out, before the second press comes.
 */
export function takeFirstPressAlone(place: Document): void {
  place.addEventListener(
    "click",
    (event) => {
      if (event.detail < 2 || !(event.target as Element).closest(SENDS)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}
