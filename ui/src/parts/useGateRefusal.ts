import { useTranslation } from "react-i18next";
import { type GateWord, useGateWords } from "./gate-words";
import { momentWords } from "./times";
import { useLocale } from "./useLocale";
import { useNow } from "./useNow";

/** After `beginning`, the rule by which the gate allows no call now, and until when; nothing where it may be, or the gate wasn't asked. */
export function useGateRefusal(
  beginning: "trying.refused" | "testCall.refused",
): (gate: GateWord | null | undefined) => string {
  const { t } = useTranslation();
  const words = useGateWords();
  const locale = useLocale();
  const now = useNow();
  return (gate) => {
    if (!gate || gate.verdict === "allow") return "";
    const again = gate.until ? t("attempt.again", { at: momentWords(gate.until, now, locale) }) : "";
    return [t(beginning), words(gate), again].filter(Boolean).join(" ");
  };
}
