import { describe, expect, it } from "vitest";
import { addressOf, choiceIn, filtersIn, placeOf, savedIn, withChoice } from "./address";

const address = (text: string) => new URLSearchParams(text);
const VIEW = { id: "v1", search: "phone_state=busy&tag=vip", columns: { shown: ["city"], hidden: ["a,b"] } };

describe("a view", () => {
  it("is what its address says: filters, columns and its name", () => {
    const there = addressOf(address("tab=customers&text=Ann&after=x&saved=v0&hide=z"), VIEW);
    expect(there.get("tab")).toBe("customers");
    expect(filtersIn(there)).toBe(VIEW.search);
    expect(choiceIn(there)).toEqual(VIEW.columns);
    expect(savedIn(there)).toBe("v1");
    expect(there.has("after") || there.has("text")).toBe(false);
  });
  it("never leads to another list of the page", () => {
    expect(addressOf(address("view=exports"), { ...VIEW, search: "view=imports&tag=vip" }).get("view")).toBe(
      "exports",
    );
    expect(addressOf(address(""), { ...VIEW, search: "tab=calls" }).has("tab")).toBe(false);
  });
  it("is left for the list without filters", () => {
    expect(addressOf(address("tab=customers&tag=vip&saved=v1&show=city&after=x"), null).toString()).toBe(
      "tab=customers",
    );
  });
  it("is opened only in the list that it was saved from", () => {
    const here = placeOf({ pathname: "/tasks/1", search: "?tab=calls&tag=vip" });
    expect(placeOf({ pathname: "/tasks/1", search: "?saved=v1&tab=calls" })).toBe(here);
    for (const [pathname, search] of [
      ["/tasks/1", "?tab=customers&tag=vip"],
      ["/tasks/2", "?tab=calls&tag=vip"],
      ["/calls", ""],
    ] as const)
      expect(placeOf({ pathname, search })).not.toBe(here);
  });
  it("is the same in whichever order its filters were chosen", () => {
    expect(filtersIn(address("tag=vip&phone_state=busy"))).toBe(VIEW.search);
  });
  it("is about nobody: whom one searched for is no part of it", () => {
    expect(filtersIn(address("phone_state=busy&tag=vip&text=Ann"))).toBe(VIEW.search);
  });
});

it("asks for columns only in a view or where the address names some", () => {
  expect(choiceIn(address("tag=vip"))).toBeNull();
  expect(choiceIn(address("saved=v1"))).toEqual({ shown: [], hidden: [] });
  expect(withChoice(address("tag=vip&show=city"), { shown: [], hidden: [] }).toString()).toBe("tag=vip");
});
