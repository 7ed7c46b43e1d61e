import { useTranslation } from "react-i18next";
import type { CallSummary } from "@/api/model";
import { letterOf } from "./letter";

/** Which version of a split task was heard; nothing where the task plays just one. */
export function ArmLabel({ call: { arm, script } }: { call: Pick<CallSummary, "arm" | "script"> }) {
  const { t } = useTranslation();
  if (arm === null) return null;
  return (
    <span className="quiet">
      <b>{letterOf(arm)}</b> {script.name} · {t("script.version", { number: script.version })}
    </span>
  );
}
