import { describe, expect, it } from "vitest";
import { ANYWHERE, type Content, NODE_KINDS, UNCONNECTED } from "./content";
import {
  addFlow,
  addNode,
  connect,
  copyNodes,
  freeName,
  moveToFlow,
  nameFrom,
  paste,
  removeFlow,
  removeNodes,
  takeWay,
} from "./edit";
import { renameFlow, renameGrade, renameMeaning, renameNode, renameVariable } from "./references";
import { skeleton } from "./skeleton";
import { waysFrom, waysTo } from "./ways";

const script = (): Content => ({
  ...skeleton("en", "Test", "Harbour"),
  knowledge: { price: { wordings: ["how much"], answer: "Nothing, {customer_name}.", next: "question" } },
});

/** Everything that the script says, with the places of nodes left out. */
const spoken = (content: Content): string => JSON.stringify({ ...content, layout: undefined });

describe("drawing a script", () => {
  it("gives every kind of node the ways that it must have, none of them connected", () => {
    for (const kind of NODE_KINDS) {
      const { content, name } = addNode(script(), kind, "", [1, 2]);
      expect(content.layout?.[name]).toEqual([1, 2]);
      expect(waysFrom(content, name).every(({ target }) => target === "")).toBe(true);
    }
  });

  it("connects and takes back every way of every card", () => {
    let content = addNode(script(), "condition", "", [0, 0]).content;
    content = addNode(content, "collect", "", [0, 0]).content;
    for (const source of [...Object.keys(content.nodes), ANYWHERE])
      for (const { id, kind } of waysFrom(content, source)) {
        if (kind === "flow") continue;
        const led = connect(content, source, id, "agreed");
        expect(waysFrom(led, source).find((way) => way.id === id)?.target).toBe("agreed");
        const taken = waysFrom(takeWay(led, source, id), source).find((way) => way.id === id);
        expect(taken?.target ?? "").toBe("");
      }
  });

  it("removes a node with all that spoke of it, and begins at what followed", () => {
    const content = removeNodes(script(), ["greeting", "agreed"]);
    expect(content.entry).toBe("question");
    expect(waysTo(content, "agreed")).toEqual([]);
    expect(content.grades.rules?.[2]?.when).toEqual({ reached: [] });
    expect(content.nodes.question).toMatchObject({ branches: { yes: UNCONNECTED, no: "declined" } });
  });

  it("pastes copies that lead to one another, and out to where the originals lead", () => {
    const clip = copyNodes(script(), ["question", "agreed"]);
    const { content, names } = paste(script(), clip, "", [40, 40]);
    expect(names).toEqual(["question_2", "agreed_2"]);
    expect(content.nodes.question_2).toMatchObject({ branches: { yes: "agreed_2", no: "declined" } });
    expect(content.nodes.question).toEqual(script().nodes.question);
  });

  it("pastes into another script, where what isn't there is left unconnected", () => {
    const clip = copyNodes(script(), ["question"]);
    const bare = removeNodes(script(), ["question", "agreed", "declined"]);
    expect(paste(bare, clip, "", [0, 0]).content.nodes.question).toMatchObject({
      branches: { yes: UNCONNECTED, no: UNCONNECTED },
    });
  });

  it("takes a flow away with its nodes and the jumps to it", () => {
    const grown = addFlow(script(), "Booking a day");
    expect(grown.name).toBe("booking_a_day");
    const drawn = addNode(grown.content, "say", grown.name, [0, 0]);
    expect(drawn.content.flows?.booking_a_day?.entry).toBe(drawn.name);
    const jumping = addNode(drawn.content, "jump", "", [0, 0]);
    const joined = connect(jumping.content, jumping.name, "flow", grown.name);
    const removed = removeFlow(moveToFlow(joined, ["declined"], grown.name), grown.name);
    expect(removed.flows).toEqual({});
    expect(removed.nodes[jumping.name]).toMatchObject({ to: UNCONNECTED });
    expect(Object.keys(removed.nodes)).not.toContain("declined");
  });
});

describe("renaming", () => {
  const there = (content: Content, name: string) => spoken(content).includes(`"${name}"`);

  it("of a node is followed everywhere, and back again gives the same script", () => {
    for (const name of Object.keys(script().nodes)) {
      const renamed = renameNode(script(), name, "elsewhere");
      expect(Object.keys(renamed.nodes)).toContain("elsewhere");
      expect(waysTo(renamed, name)).toEqual([]);
      expect(renameNode(renamed, "elsewhere", name)).toEqual(script());
    }
  });

  it("of an intent or question is followed everywhere", () => {
    for (const name of [...Object.keys(script().intents), "price"]) {
      const renamed = renameMeaning(script(), name, "other_words");
      const keys = JSON.stringify([renamed.intents, renamed.knowledge, renamed.anywhere?.branches]);
      expect(keys).not.toContain(`"${name}":`);
      expect(renameMeaning(renamed, "other_words", name)).toEqual(script());
    }
  });

  it("of a variable is followed into texts", () => {
    const renamed = renameVariable(script(), "customer_name", "who");
    expect(spoken(renamed)).not.toContain("customer_name");
    expect(renamed.knowledge?.price?.answer).toBe("Nothing, {who}.");
    expect(renameVariable(renamed, "who", "customer_name")).toEqual(script());
  });

  it("of a grade is followed into its rules", () => {
    const renamed = renameGrade(script(), "D", "Z");
    expect(there({ ...renamed, nodes: {} }, "D")).toBe(false);
    expect(Object.keys(renamed.grades.names)).toEqual(["A", "B", "C", "Z", "E"]);
  });

  it("of a flow is followed by its nodes and jumps", () => {
    const grown = addFlow(script(), "Later");
    const jumping = addNode(grown.content, "jump", "later", [0, 0]);
    const renamed = renameFlow(
      connect(jumping.content, jumping.name, "flow", "later"),
      "later",
      "another_day",
    );
    expect(renamed.nodes[jumping.name]).toEqual({ kind: "jump", to: "another_day", flow: "another_day" });
  });
});

describe("names", () => {
  it("are made of what can stand in one", () => {
    expect(nameFrom("Offer the plan!", "node")).toBe("offer_the_plan");
    expect(nameFrom("2nd visit", "node")).toBe("nd_visit");
    expect(nameFrom("询问价格", "node")).toBe("node");
  });

  it("are counted on where they are taken, never longer than a name may be", () => {
    const taken = new Set(["say", "say_2", "a".repeat(40)]);
    expect(freeName((name) => taken.has(name), "say")).toBe("say_3");
    expect(freeName((name) => taken.has(name), "say_2")).toBe("say_3");
    expect(freeName((name) => taken.has(name), "a".repeat(40))).toHaveLength(40);
  });
});
