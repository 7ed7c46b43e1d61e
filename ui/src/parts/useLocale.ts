import { useTranslation } from "react-i18next";

/** The locale for numbers and times: the browser's own where it is of the language on the screen, else that language. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  const [language] = i18n.language.split("-");
  return navigator.languages.find((locale) => locale.split("-")[0] === language) ?? i18n.language;
}
