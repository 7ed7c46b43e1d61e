import { useTranslation } from "react-i18next";
import type { TaskSummary } from "@/api/model";
import { count } from "@/parts/numbers";
import { useLocale } from "@/parts/useLocale";

/** Over what a task calls: its line, its lines, or its policy group. */
export function useWayWords(): (task: TaskSummary) => string {
  const { t } = useTranslation();
  return ({ lines, policy_group }) => {
    if (policy_group) return t("taskWay.group", { name: policy_group.name });
    const [first, ...others] = lines;
    if (others.length > 0) return t("taskWay.lines", { count: lines.length, name: first?.name ?? "" });
    return first?.name ?? "–";
  };
}

/** How a task calls: script, way, seats and calls at once. */
export function useHowWords(): (task: TaskSummary) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const wayWords = useWayWords();
  return (task) =>
    t(`taskHow.${task.mode}`, {
      script: task.script.name,
      version: task.script.version,
      way: wayWords(task),
      seats: count(task.seats, locale),
      count: task.seats,
      calls: count(task.concurrency, locale),
      limit: task.lost_limit_percent.toLocaleString(locale),
    });
}
