import { useTranslation } from "react-i18next";
import { type GateWord, useGateWords } from "@/parts/gate-words";
import { momentWords } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";

/** The rule by which one's own phone is not rung now, and until when; nothing where it is or the gate wasn't asked. */
export function useGateRefusal(): (gate: GateWord | null | undefined) => string {
  const { t } = useTranslation();
  const words = useGateWords();
  const locale = useLocale();
  const now = useNow();
  return (gate) => {
    if (!gate || gate.verdict === "allow") return "";
    const again = gate.until ? t("attempt.again", { at: momentWords(gate.until, now, locale) }) : "";
    return [t("trying.refused"), words(gate), again].filter(Boolean).join(" ");
  };
}
