import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { GradeReason } from "@/api/model";

const ENDINGS = [
  "hung_up",
  "silence",
  "not_understood",
  "too_long",
  "in_circles",
  "script_loop",
  "finished",
  "not_interested",
  "do_not_call",
  "trouble",
] as const;

/** What the script calls its parts, as far as the page knows. */
export interface PartLabels {
  intents?: Record<string, string>;
  variables?: Record<string, string>;
}

type Values = Record<string, string>;
type Kind = NonNullable<GradeReason["kind"]>;

function endingWords(name: string, t: TFunction): string {
  const known = ENDINGS.find((one) => one === name);
  return known ? t(`evidenceEnding.${known}`) : name;
}

const WORDS: Record<Exclude<Kind, "rule">, (values: Values, labels: PartLabels, t: TFunction) => string> = {
  reached: ({ node }, _, t) => t("evidence.reached", { node }),
  met: ({ intent = "" }, { intents }, t) => t("evidence.met", { meaning: intents?.[intent] || intent }),
  ended: ({ ending = "" }, _, t) => t("evidence.ended", { ending: endingWords(ending, t) }),
  collected: ({ variable = "", value }, { variables }, t) =>
    t("evidence.collected", { name: variables?.[variable] || variable, value }),
  turns: ({ count }, _, t) => t("evidence.turns", { count: Number(count) }),
  talked: ({ seconds }, _, t) => t("evidence.talked", { seconds }),
};

/**
 * Why a grade was given, in the reader's language. A rule stands as its author wrote it, and so does evidence of
 * which only the words are kept.
 */
export function useEvidenceWords(labels: PartLabels = {}): (reason: GradeReason) => string {
  const { t } = useTranslation();
  return ({ rule, kind = "rule", values = {} }) => (kind === "rule" ? rule : WORDS[kind](values, labels, t));
}
