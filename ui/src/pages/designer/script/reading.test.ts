import { describe, expect, it } from "vitest";
import { type Content, MAIN } from "./content";
import { inReadingOrder } from "./reading";

const script = {
  entry: "hello",
  flows: { offer: { label: "Offer", entry: "price" } },
  nodes: {
    lonely: { kind: "say", text: "", next: "" },
    bye: { kind: "hang_up", text: "" },
    size: { kind: "say", text: "", next: "hello" },
    hello: { kind: "ask", text: "", branches: { yes: "size", no: "bye" } },
    price: { kind: "say", text: "", next: "bye", flow: "offer" },
  },
} as unknown as Content;

describe("the order in which nodes are read", () => {
  it("goes along each way to its end, round no circle, and ends with what nothing leads to", () => {
    expect(inReadingOrder(script, MAIN)).toEqual(["hello", "size", "bye", "lonely"]);
  });

  it("stays in its flow", () => {
    expect(inReadingOrder(script, "offer")).toEqual(["price"]);
  });
});
