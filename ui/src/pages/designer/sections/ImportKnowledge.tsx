/** Questions from a spreadsheet, into the draft. */
export function ImportKnowledge() {
  return null;
}
