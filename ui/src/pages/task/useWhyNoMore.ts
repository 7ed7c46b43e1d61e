import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { useWhyNotChange } from "@/app/session";

/** Words that say why nobody more can come into a task; null when somebody can. */
export function useWhyNoMore({ state }: Pick<Task, "state">): string | null {
  const { t } = useTranslation();
  const whyNot = useWhyNotChange();
  return whyNot ?? (state === "finished" ? t("task.finishedNoMore") : null);
}
