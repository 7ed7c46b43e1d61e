import { createInstance } from "i18next";
import { expect, it } from "vitest";
import en from "@/locales/en.json";
import { wayWords } from "./script-fault-words";

it("calls a way as the screens do", async () => {
  const i18n = createInstance();
  const t = await i18n.init({
    lng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  expect(wayWords(t, "branches, yes")).toBe("The branch for “yes”");
  expect(wayWords(t, "keys, 9")).toBe("Key 9");
  expect(wayWords(t, "Otherwise")).toBe("Otherwise");
});
