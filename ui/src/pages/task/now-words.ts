import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { count } from "@/parts/numbers";
import { useReasonWords } from "@/parts/reason-words";
import { momentWords } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";
import { useWaitWords } from "@/parts/wait-words";

/** What the task is doing at this moment and why, in one sentence; or that it lacks a passed crowd. */
export function useNowWords(): (task: Task, lacksCrowd: boolean) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const reasonWords = useReasonWords();
  const waitWords = useWaitWords();
  const now = useNow();
  return ({ state, state_reason, starts_at, customers, progress }, lacksCrowd) => {
    const left = progress.uncalled + progress.waiting;
    const numbers = {
      left: count(left, locale),
      count: progress.live.length,
      done: count(progress.done, locale),
      customers: count(customers, locale),
    };
    const draft = () => {
      if (customers === 0) return t("now.empty");
      if (lacksCrowd) return t("now.lacksCrowd", numbers);
      if (!starts_at) return t("now.ready", numbers);
      return t("now.automatic", { ...numbers, at: momentWords(starts_at, now, locale) });
    };
    const inState = {
      running: () =>
        (numbers.count > 0 ? t("now.calling", numbers) : waitWords(progress.wait)) ||
        t("now.planning", numbers),
      paused: () => t("now.paused", numbers),
      finished: () => t("now.finished", numbers),
      draft,
    };
    const unheard = progress.by_phone_state.technical_fault ?? 0;
    const faults = state === "finished" && unheard > 0 ? t("now.technicalFaults", { count: unheard }) : "";
    return [reasonWords(state_reason) || inState[state](), faults].filter(Boolean).join(" ");
  };
}
