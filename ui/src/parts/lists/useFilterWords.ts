import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { bookQueries } from "@/api/book";
import type { CustomerState, PhoneState } from "@/api/model";
import { exactTime } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { fieldWords } from "./field-words";

const seconds = (milliseconds: string): number => Math.round(Number(milliseconds) / 1000);

type Whether = "any" | "none";
type Whose = "nobody" | "asker" | "me" | "one";

/** The filters of a list, as the page that has them words them. */
export function useFilterWords(): (filters: object) => string[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const fields = useQuery(bookQueries.fields());
  const words: Record<string, (value: string) => string> = {
    text: (text) => t("export.text", { text }),
    state: (state) => t(`customerState.${state as CustomerState}`),
    phone_state: (state) => t(`phoneState.${state as PhoneState}`),
    grade: (grade) => t("grade.title", { grade }),
    min_talk_ms: (value) => t("call.talkAtLeast", { count: seconds(value) }),
    max_talk_ms: (value) => t("export.talkAtMost", { count: seconds(value) }),
    category: (category) => `${t("book.category")}: ${category}`,
    tag: (tag) => t("export.tag", { tag }),
    field: (filter) => fieldWords(filter, fields.data ?? []),
    owner: (whose) => t(`exportOwner.${whose as Whose}`),
    ids: (many) => t("bulk.chosen", { count: Number(many) }),
    due: (whether) => t(`due.${whether as Whether}`),
    due_since: (value) => t("export.dueSince", { at: exactTime(value, locale) }),
    due_before: (value) => t("export.dueBefore", { at: exactTime(value, locale) }),
    since: (value) => t("export.since", { at: exactTime(value, locale) }),
    before: (value) => t("export.before", { at: exactTime(value, locale) }),
  };
  return (filters) =>
    Object.entries(filters).map(([name, value]) => words[name]?.(String(value)) ?? `${name}: ${value}`);
}
