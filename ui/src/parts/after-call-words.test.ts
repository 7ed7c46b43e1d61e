import { expect, it } from "vitest";
import { tellings } from "./after-call-words";

it("names together the grades of which the same people are told, whatever their order", () => {
  expect(tellings({ C: ["eva"], B: ["eva", "max"], A: ["max", "eva"], D: [] })).toEqual([
    { people: ["max", "eva"], grades: ["A", "B"] },
    { people: ["eva"], grades: ["C"] },
  ]);
});
