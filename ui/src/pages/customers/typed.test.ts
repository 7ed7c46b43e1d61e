import { describe, expect, it } from "vitest";
import type { CustomerCard } from "@/api/model";
import { changed, onTheClock, ownFields, typedOf } from "./typed";

const CARD = {
  name: "Ann",
  category: "",
  tags: ["vip"],
  notes: "",
  follow_up_at: "2026-11-28T09:30:00.000Z",
  fields: { plan: "Gold", customer_name: "Ann" },
} as unknown as CustomerCard;

describe("what was typed", () => {
  it("is no change where it says what was seen", () => {
    expect(changed(CARD, typedOf(CARD))).toEqual({});
  });

  it("names the parts that differ and nothing else", () => {
    const typed = {
      ...typedOf(CARD),
      notes: "Call in May",
      tags: ["vip", "spring"],
      fields: { plan: "Silver" },
    };
    expect(changed(CARD, typed)).toEqual({
      notes: "Call in May",
      tags: ["vip", "spring"],
      fields: { plan: "Silver" },
    });
  });

  it("takes a follow-up away, or moves it by the reader's clock", () => {
    expect(changed(CARD, { ...typedOf(CARD), follow_up_at: "" })).toEqual({ follow_up_at: null });
    const later = "2026-11-29T10:00:00.000Z";
    expect(changed(CARD, { ...typedOf(CARD), follow_up_at: onTheClock(later) })).toEqual({
      follow_up_at: later,
    });
  });

  it("takes a field's value away, and none away that was not there", () => {
    const fields = { plan: "", city: "" };
    expect(changed(CARD, { ...typedOf(CARD), fields })).toEqual({ fields: { plan: null } });
  });
  it("shows a name once", () => {
    expect(ownFields(CARD)).toEqual(["plan"]);
  });
});
