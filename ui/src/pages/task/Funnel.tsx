import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { Bars } from "@/parts/Bars";
import { Grade, gradeColor } from "@/parts/Grade";
import { PhoneStateLabel, phoneStateColor } from "@/parts/PhoneStateLabel";

const MADE = "var(--ant-color-text-tertiary)";

/** How far calls came: of those made, whom a person answered, who was spoken with, who showed most interest. */
export function Funnel({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { calls, connected, lost, by_grade, by_phone_state } = task.progress;
  const unheard = by_phone_state.technical_fault ?? 0;
  const best = task.grades[0];
  const steps = [
    { key: "made", label: t("funnel.made"), value: calls, color: MADE },
    { key: "answered", label: t("funnel.answered"), value: connected + lost + unheard, color: MADE },
    {
      key: "connected",
      label: <PhoneStateLabel state="connected" />,
      value: connected,
      color: phoneStateColor("connected"),
    },
  ];
  const graded = best && {
    key: "best",
    label: <Grade grade={best} grades={task.grades} />,
    value: by_grade[best] ?? 0,
    color: gradeColor(best, task.grades),
  };
  return (
    <Bars
      caption={t("funnel.title")}
      head={t("funnel.step")}
      whole={calls}
      bars={graded ? [...steps, graded] : steps}
    />
  );
}
