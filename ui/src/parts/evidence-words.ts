import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { GradeReason } from "@/api/model";
import { useEndingWords } from "./ending-words";

/** What the script calls its parts, as far as the page knows. */
export interface PartLabels {
  intents?: Record<string, string>;
  variables?: Record<string, string>;
}

type Values = Record<string, string>;
type Kind = NonNullable<GradeReason["kind"]>;

interface Voice {
  t: TFunction;
  ending: (name: string) => string;
  labels: PartLabels;
}

const WORDS: Record<Exclude<Kind, "rule">, (values: Values, voice: Voice) => string> = {
  reached: ({ node }, { t }) => t("evidence.reached", { node }),
  met: ({ intent = "" }, { t, labels: { intents } }) =>
    t("evidence.met", { meaning: intents?.[intent] || intent }),
  ended: ({ ending: name = "" }, { t, ending }) => t("evidence.ended", { ending: ending(name) }),
  collected: ({ variable = "", value }, { t, labels: { variables } }) =>
    t("evidence.collected", { name: variables?.[variable] || variable, value }),
  turns: ({ count }, { t }) => t("evidence.turns", { count: Number(count) }),
  talked: ({ seconds }, { t }) => t("evidence.talked", { seconds }),
  technical_fault: (_, { t }) => t("evidence.technicalFault"),
};

/**
 * Why a grade was given, in the reader's language. A rule stands as its author wrote it, and so does evidence of
 * which only the words are kept.
 */
export function useEvidenceWords(labels: PartLabels = {}): (reason: GradeReason) => string {
  const { t } = useTranslation();
  const ending = useEndingWords();
  return ({ rule, kind = "rule", values = {} }) =>
    kind === "rule" ? rule : WORDS[kind](values, { t, ending, labels });
}
