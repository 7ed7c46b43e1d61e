import { describe, expect, it } from "vitest";
import { isAgainStale } from "./asking";
import type { Content } from "./content";
import { skeleton } from "./skeleton";

const script = (text: string, again?: string | string[]): Content => {
  const made = skeleton("en", "Recall", "Harbour Dental");
  return { ...made, nodes: { ...made.nodes, question: { kind: "ask", text, again, branches: {} } } };
};
const stale = (...states: Content[]): boolean =>
  isAgainStale(states.slice(0, -1), states.at(-1) as Content, "question");

describe("the other words of a question", () => {
  it("are doubtful once the question was written anew", () => {
    expect(stale(script("A minute?", "Now?"), script("A ", "Now?"), script("Which day?", "Now?"))).toBe(true);
    expect(stale(script("A minute?", ["Now?"]), script("Which day?", "Now?"))).toBe(true);
  });

  it("are not where they were written after it, or stand for it as it was opened", () => {
    expect(stale(script("A minute?", "Now?"))).toBe(false);
    expect(
      stale(script("A minute?", "Now?"), script("Which day?", "Now?"), script("Which day?", "Monday?")),
    ).toBe(false);
    expect(stale(script("A minute?", "Now?"), script("Which?", "Now?"), script("A minute?", "Now?"))).toBe(
      false,
    );
  });

  it("are not where there are none, and the question itself is asked once more", () => {
    expect(stale(script("A minute?"), script("Which day?"))).toBe(false);
    expect(skeleton("zh", "回访", "海港").nodes.question).not.toHaveProperty("again");
  });
});
