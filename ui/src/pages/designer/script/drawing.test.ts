import { describe, expect, it } from "vitest";
import { addNode } from "./edit";
import { begin, record, redo, undo } from "./history";
import { arranged, CARD_WIDTH, freePlace, placed } from "./layout";
import { findNodes } from "./search";
import { skeleton } from "./skeleton";
import { knownVariables, spokenExample } from "./variables";
import { neighbour } from "./walk";

const script = () => skeleton("en", "Test", "Harbour");

describe("the drawing", () => {
  it("goes from left to right, with no card on another", () => {
    const { layout = {} } = arranged(script(), "");
    expect(layout.greeting?.[0]).toBeLessThan(layout.question?.[0] ?? 0);
    expect(layout.question?.[0]).toBeLessThan(layout.agreed?.[0] ?? 0);
    const places = Object.values(layout);
    expect(places).toHaveLength(10);
    for (const [x, y] of places)
      for (const other of places)
        if (other[0] !== x || other[1] !== y)
          expect(Math.abs(other[0] - x) >= CARD_WIDTH || Math.abs(other[1] - y) > 60).toBe(true);
  });

  it("leaves what was placed by hand, and puts the rest under it", () => {
    const content = placed({ ...script(), layout: { greeting: [500, 500] } });
    expect(content.layout?.greeting).toEqual([500, 500]);
    for (const name of Object.keys(content.nodes).filter((one) => one !== "greeting"))
      expect(content.layout?.[name]?.[1]).toBeGreaterThan(500);
    expect(placed(content)).toBe(content);
  });

  it("finds a free place for another card", () => {
    const content = placed(script());
    const wanted = content.layout?.question ?? [0, 0];
    const place = freePlace(content, "", wanted);
    expect(place[1]).toBeGreaterThan(wanted[1]);
    expect(freePlace(content, "", [9000, 9000])).toEqual([9000, 9000]);
  });

  it("is walked by the arrow keys", () => {
    const content = script();
    expect(neighbour(content, "", "greeting", "ArrowRight")).toBe("question");
    expect(neighbour(content, "", "question", "ArrowRight")).toBe("agreed");
    expect(neighbour(content, "", "agreed", "ArrowDown")).toBe("declined");
    expect(neighbour(content, "", "declined", "ArrowUp")).toBe("agreed");
    expect(neighbour(content, "", "agreed", "ArrowLeft")).toBe("question");
    expect(neighbour(content, "", "greeting", "ArrowLeft")).toBeNull();
  });

  it("is searched by names and by words", () => {
    expect(findNodes(script(), "QUEST").map(({ name }) => name)).toEqual(["question"]);
    expect(findNodes(script(), "disturbed")).toMatchObject([{ name: "removed" }]);
    expect(findNodes(script(), " ")).toEqual([]);
  });
});

describe("undoing", () => {
  it("goes back and forth through every change", () => {
    let history = begin("a");
    for (const next of ["b", "c", "d"]) history = record(history, next, "", 0);
    expect(undo(history).present).toBe("c");
    expect(undo(undo(undo(undo(history)))).present).toBe("a");
    expect(redo(undo(history))).toMatchObject({ present: "d", future: [] });
    expect(redo(record(undo(history), "e", "", 0)).present).toBe("e");
  });

  it("takes typing in one field as one change, until it rests", () => {
    let history = record(begin(""), "H", "text", 0);
    history = record(history, "He", "text", 300);
    history = record(history, "Hel", "text", 600);
    expect(history.past).toEqual([""]);
    history = record(history, "Hell", "text", 5000);
    history = record(history, "Hell!", "again", 5100);
    expect(history.past).toEqual(["", "Hel", "Hell"]);
  });
});

describe("variables", () => {
  it("tell where they come from, and how they may sound", () => {
    const { content } = addNode(script(), "collect", "", [0, 0]);
    const origins = knownVariables(content).map(({ name, origin }) => [name, origin]);
    expect(origins).toEqual([
      ["company", "own"],
      ["caller", "own"],
      ["customer_name", "import"],
      ["answer", "collected"],
    ]);
    expect(spokenExample(content, "Hello {customer_name} of {nobody}")).toBe("Hello Maria of nobody");
  });
});
