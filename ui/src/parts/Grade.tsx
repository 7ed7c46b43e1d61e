import { useTranslation } from "react-i18next";
import styles from "./labels.module.css";

const STEPS = 6;
const LETTERS = "ABCDEF";

/** Which of the six steps from teal to grey a grade has: by its place in the script's list, else by its letter. */
export function gradeStep(grade: string, grades?: readonly string[]): number {
  const place = grades && grades.length > 0 ? grades.indexOf(grade) : LETTERS.indexOf(grade);
  const last = Math.max(1, (grades?.length ?? STEPS) - 1);
  if (place < 0) return STEPS - 1;
  return Math.round((Math.min(place, last) / last) * (STEPS - 1));
}

export const gradeColor = (grade: string, grades?: readonly string[]): string =>
  `var(--grade-${gradeStep(grade, grades)})`;

interface Props {
  grade: string | null;
  grades?: readonly string[];
  large?: boolean;
}

export function Grade({ grade, grades, large }: Props) {
  const { t } = useTranslation();
  if (!grade) return <span className="quiet">–</span>;
  const fill = { background: gradeColor(grade, grades) };
  return (
    <span
      className={large ? `${styles.grade} ${styles.large}` : styles.grade}
      style={fill}
      title={t("grade.title", { grade })}
    >
      {grade}
    </span>
  );
}
