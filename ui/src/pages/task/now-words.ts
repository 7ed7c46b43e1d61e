import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { count } from "@/parts/numbers";
import { useReasonWords } from "@/parts/reason-words";
import { useLocale } from "@/parts/useLocale";

/** What the task is doing at this moment and why, in one sentence. */
export function useNowWords(): (task: Task) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const reasonWords = useReasonWords();
  return ({ state, state_reason, customers, progress }) => {
    const numbers = {
      left: count(progress.uncalled, locale),
      count: progress.live.length,
      called: count(progress.called, locale),
    };
    const why = reasonWords(state_reason);
    if (state === "running")
      return why || (numbers.count > 0 ? t("now.calling", numbers) : t("now.planning", numbers));
    if (state === "paused") return why || t("now.paused", numbers);
    if (state === "finished") return why || t("now.finished", numbers);
    return customers > 0 ? t("now.ready", numbers) : t("now.empty");
  };
}
