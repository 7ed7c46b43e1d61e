import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import i18next from "i18next";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { initReactI18next } from "react-i18next";
import { beforeAll, expect, it, vi } from "vitest";
import { bookQueries } from "@/api/book";
import en from "@/locales/en.json";
import { AllThatMatch } from "./AllThatMatch";

beforeAll(async () => {
  vi.stubGlobal("navigator", { languages: ["en-GB"] });
  await i18next
    .use(initReactI18next)
    .init({ lng: "en", defaultNS: "words", resources: { en: { words: en } } });
});

const client = new QueryClient();
client.setQueryData(bookQueries.fields().queryKey, [
  {
    id: "1",
    key: "dentist",
    label: "Dentist",
    kind: "choice",
    required: false,
    choices: ["Weiss"],
    retired: false,
  },
]);

const said = (filters: object) =>
  renderToStaticMarkup(
    createElement(QueryClientProvider, { client }, createElement(AllThatMatch, { filters })),
  );

it("names every filter by which all were chosen, and says where there is none", () => {
  const filters = { owner: "me", phone_state: "connected", tag: "regular", text: "Ann" };
  expect(said(filters)).toBe(
    "<p>All that match: your own customers · Connected · tag “regular” · “Ann”.</p>",
  );
  expect(said({})).toBe("<p>No filter is set: that is everybody in this list.</p>");
});

it("names a category and a customer field as the list's own filters do", () => {
  expect(said({ category: "Regular", field: "dentist:Weiss" })).toBe(
    "<p>All that match: Category: Regular · Dentist: Weiss.</p>",
  );
});
