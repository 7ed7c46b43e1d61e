import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { Bars } from "@/parts/Bars";
import { Grade, gradeColor } from "@/parts/Grade";
import { Panel } from "@/parts/Panel";
import { PHONE_STATES, PhoneStateLabel, phoneStateColor } from "@/parts/PhoneStateLabel";
import { Funnel } from "./Funnel";
import styles from "./TaskPage.module.css";

/** The script's own grades first, then any that older versions of it gave. */
function gradesOf({ grades, progress }: Task): string[] {
  const others = Object.keys(progress.by_grade).filter((grade) => !grades.includes(grade));
  return [...grades, ...others.sort()];
}

/** How the calls ended and how interested the people were. */
export function Outcomes({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { by_grade, by_phone_state } = task.progress;
  return (
    <Panel>
      <div className={styles.outcomes}>
        <div className={styles.stacked}>
          <Funnel task={task} />
          <Bars
            caption={t("figure.byGrade")}
            head={t("call.grade")}
            bars={gradesOf(task).map((grade) => ({
              key: grade,
              label: <Grade grade={grade} grades={task.grades} />,
              value: by_grade[grade] ?? 0,
              color: gradeColor(grade, task.grades),
              link: { search: `?grade=${encodeURIComponent(grade)}`, title: t("call.showGrade", { grade }) },
            }))}
          />
        </div>
        <Bars
          caption={t("figure.byPhoneState")}
          head={t("call.phoneState")}
          bars={PHONE_STATES.map((state) => ({
            key: state,
            label: <PhoneStateLabel state={state} />,
            value: by_phone_state[state] ?? 0,
            color: phoneStateColor(state),
            link: { search: `?phone_state=${state}`, title: t("call.showState") },
          }))}
        />
      </div>
    </Panel>
  );
}
