import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useEndingWords } from "@/parts/ending-words";
import type { PartLabels } from "@/parts/evidence-words";
import { useLocale } from "@/parts/useLocale";
import { type Content, listed, type Names, type Test, type When } from "../script/content";

/** Conditions as a person reads them: "plan is family, and did not pass declined". */

interface Voice {
  t: TFunction;
  locale: string;
  content: Content;
  ending: (name: string) => string;
}

const either = (locale: string, names: string[]): string =>
  new Intl.ListFormat(locale, { type: "disjunction" }).format(names);

export const meaningLabel = (content: Content, name: string): string =>
  content.intents[name]?.label ?? content.knowledge?.[name]?.label ?? name;

/** What the script calls its meanings and values. */
export const partLabels = (content: Content): PartLabels => ({
  intents: Object.fromEntries(
    [...Object.keys(content.intents), ...Object.keys(content.knowledge ?? {})].map((name) => [
      name,
      meaningLabel(content, name),
    ]),
  ),
  variables: Object.fromEntries((content.variables ?? []).map(({ name, label }) => [name, label ?? ""])),
});

function testWords(test: Test, { t, locale }: Voice): string[] {
  const { variable } = test;
  const words: string[] = [];
  if (test.filled !== undefined)
    words.push(t(test.filled ? "designer.when.filled" : "designer.when.empty", { variable }));
  const values = (names: Names) => either(locale, listed(names));
  if (test.is !== undefined) words.push(t("designer.when.is", { variable, values: values(test.is) }));
  if (test.is_not !== undefined)
    words.push(t("designer.when.isNot", { variable, values: values(test.is_not) }));
  if (test.above !== undefined) words.push(t("designer.when.above", { variable, value: test.above }));
  if (test.below !== undefined) words.push(t("designer.when.below", { variable, value: test.below }));
  return words;
}

function measured(when: When, { t }: Voice): string[] {
  const words: string[] = [];
  if (when.turns_at_least) words.push(t("designer.when.turns", { count: when.turns_at_least }));
  if (when.talk_at_least_s) words.push(t("designer.when.talkAtLeast", { seconds: when.talk_at_least_s }));
  if (when.talk_below_s !== undefined)
    words.push(t("designer.when.talkBelow", { seconds: when.talk_below_s }));
  return words;
}

function parts(when: When, voice: Voice): string[] {
  const { t, locale, content, ending } = voice;
  const some = (names: Names | undefined, say: (what: string) => string, shown = (name: string) => name) => {
    const given = listed(names);
    return given.length > 0 ? [say(either(locale, given.map(shown)))] : [];
  };
  const meant = (name: string) => meaningLabel(content, name);
  return [
    ...some(when.reached, (what) => t("designer.when.reached", { what })),
    ...some(when.not_reached, (what) => t("designer.when.notReached", { what })),
    ...some(when.met, (what) => t("designer.when.met", { what }), meant),
    ...some(when.not_met, (what) => t("designer.when.notMet", { what }), meant),
    ...listed(when.collected).map((what) => t("designer.when.collected", { what })),
    ...some(when.ended, (what) => t("designer.when.ended", { what }), ending),
    ...(when.where ?? []).flatMap((test) => testWords(test, voice)),
    ...measured(when, voice),
    ...((when.any ?? []).length > 0
      ? [
          either(
            locale,
            (when.any ?? []).map((one) => parts(one, voice).join(" + ") || t("designer.when.always")),
          ),
        ]
      : []),
  ];
}

/** Says conditions of the script in the reader's language. */
export function useConditionWords(content: Content): (when: When) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const ending = useEndingWords();
  return (when) =>
    new Intl.ListFormat(locale, { type: "conjunction" }).format(
      parts(when, { t, locale, content, ending }),
    ) || t("designer.when.always");
}
