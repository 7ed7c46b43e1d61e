import { expect, it } from "vitest";
import { fieldWords } from "./field-words";

it("names the field that a list is filtered by, by its key while its name isn't known", () => {
  const fields = [{ key: "dentist", label: "Dentist" }];
  expect(fieldWords("dentist:Weiss", fields)).toBe("Dentist: Weiss");
  expect(fieldWords("dentist:Weiss: the younger", fields)).toBe("Dentist: Weiss: the younger");
  expect(fieldWords("plan:Basic", fields)).toBe("plan: Basic");
});
