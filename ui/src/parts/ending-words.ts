import { useTranslation } from "react-i18next";
import en from "@/locales/en.json";

type Ending = keyof typeof en.ending;

/** In a crowd's report, who leaves hangs up. */
const ALSO: Record<string, Ending> = { left: "hung_up" };

const isKnown = (name: string): name is Ending => Object.hasOwn(en.ending, name);

/** Why calls ended, as people say it; a reason that only its script knows is read as it is called there. */
export function useEndingWords(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => {
    const known = ALSO[name] ?? name;
    return isKnown(known) ? t(`ending.${known}`) : known.replaceAll("_", " ");
  };
}
