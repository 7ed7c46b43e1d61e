import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "@/api/model";
import type en from "@/locales/en.json";
import { recall, remember } from "./preferences";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "words";
    resources: { words: typeof en };
  }
}

const WORDS = {
  en: () => import("@/locales/en.json"),
  "zh-CN": () => import("@/locales/zh.json"),
} as const;

export const isLanguage = (text: unknown): text is Language => text === "en" || text === "zh-CN";

/** The language of an earlier visit, else the browser's. */
function firstLanguage(): Language {
  const chosen = chosenLanguage();
  if (chosen) return chosen;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

export async function switchLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "words")) {
    i18next.addResourceBundle(language, "words", (await WORDS[language]()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** The language that someone chose in this browser, if they did. */
export function chosenLanguage(): Language | null {
  const kept = recall("language");
  return isLanguage(kept) ? kept : null;
}

export async function chooseLanguage(language: Language): Promise<void> {
  remember("language", language);
  await switchLanguage(language);
}

export async function startWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    lng: undefined,
    defaultNS: "words",
    ns: ["words"],
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await switchLanguage(firstLanguage());
}
