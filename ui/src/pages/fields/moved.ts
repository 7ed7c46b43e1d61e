/** The same things with the one at `at` moved by so many places, within the list. */
export function moved<Thing>(things: readonly Thing[], at: number, by: number): Thing[] {
  const to = Math.min(Math.max(at + by, 0), things.length - 1);
  const rest = things.filter((_, index) => index !== at);
  return [...rest.slice(0, to), ...things.slice(at, at + 1), ...rest.slice(to)];
}
