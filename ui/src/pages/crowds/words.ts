import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Crowd } from "@/api/model";
import { queries } from "@/api/queries";
import { useEndingWords } from "@/parts/ending-words";
import { useLocale } from "@/parts/useLocale";

const COMMON = ["agree", "decline", "never", "wrong", "later", "goodbye", "repeat", "hesitate"] as const;

const isOne = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

/** What a script's own names are called: its labels where it has some. */
export function useScriptWords({ script }: Pick<Crowd, "script">) {
  const { t } = useTranslation();
  const ending = useEndingWords();
  const content = useQuery(queries.scriptVersion(script.id, script.version)).data?.content;
  const labelOf = (name: string) =>
    content?.intents?.[name]?.label ?? content?.knowledge?.[name]?.label ?? name.replaceAll("_", " ");
  return {
    grades: Object.keys(content?.grades?.names ?? {}),
    gradeName: (grade: string) => content?.grades?.names?.[grade] ?? grade,
    /** What somebody meant: a thing that the script knows, or a way of not being about it. */
    meant: (kind: string, name: string) => {
      if (kind === "intent") return labelOf(name);
      if (kind === "value") return t("crowdMeant.value", { name: name.replaceAll("_", " ") });
      if (kind === "unknown_to_script") return isOne(COMMON, name) ? t(`crowdCommon.${name}`) : name;
      return t(`crowdMeant.${kind as "confirm" | "deny" | "off_topic" | "silence"}`);
    },
    understood: (name: string) => (name ? labelOf(name) : t("crowd.notUnderstood")),
    ending,
  };
}

const SIGNED = { maximumFractionDigits: 1, signDisplay: "exceptZero" } as const;

/** Figures as people read them. */
export function useFigures() {
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  // What rounds to nothing has no sign: there is no "-0".
  const signedPercent = new Intl.NumberFormat(locale, { ...SIGNED, style: "percent" });
  const signedNumber = new Intl.NumberFormat(locale, SIGNED);
  return {
    signedPercent: (value: number) => signedPercent.format(value),
    signedNumber: (value: number) => signedNumber.format(value),
    percent: (value: number) => percent.format(value),
    number: (value: number) => number.format(value),
    range: (low: number, high: number) => `${percent.format(low)} – ${percent.format(high)}`,
  };
}
