import { useTranslation } from "react-i18next";

const KNOWN = ["finished", "not_interested", "do_not_call", "trouble"] as const;
type Known = (typeof KNOWN)[number];

const isKnown = (name: string): name is Known => (KNOWN as readonly string[]).includes(name);

/** What a goodbye is for, as people say it; its own name where it isn't one of ours. */
export function useGoodbyeLabel(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => (isKnown(name) ? t(`brief.goodbye.${name}`) : name);
}
