import { expect, it } from "vitest";
import { needsName, otherVariables, templateColumns } from "./variables";

const variable = (name: string, required = true) => ({ name, label: name, required, example: "" });

it("takes the customer's name once, under whichever heading the script knows it", () => {
  const variables = [variable("customer_name"), variable("plan", false)];
  expect(templateColumns(variables)).toEqual([
    "phone*",
    "customer_name*",
    "plan",
    "consent",
    "consent_source",
  ]);
  expect(otherVariables(variables).map(({ name }) => name)).toEqual(["plan"]);
  expect(needsName(variables)).toBe(true);
});

it("offers a name where the script has none", () => {
  expect(templateColumns([variable("plan")])).toEqual([
    "phone*",
    "plan*",
    "name",
    "consent",
    "consent_source",
  ]);
  expect(needsName([variable("plan"), variable("name", false)])).toBe(false);
});
