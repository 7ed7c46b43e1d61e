import { InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../designer/panel/Field";
import styles from "./Brief.module.css";
import { useBrief } from "./useBrief";

const LIMITS = [
  { field: "seconds", usual: 240, least: 20, most: 1800, step: 10 },
  { field: "turns", usual: 20, least: 1, most: 100, step: 1 },
  { field: "silences", usual: 2, least: 0, most: 5, step: 1 },
  { field: "silence_s", usual: 5, least: 1, most: 60, step: 0.5 },
  { field: "first_s", usual: 2.5, least: 0.3, most: 10, step: 0.1 },
  { field: "total_s", usual: 10, least: 1, most: 30, step: 0.5 },
  { field: "failures", usual: 1, least: 0, most: 3, step: 1 },
  { field: "sentences", usual: 4, least: 1, most: 8, step: 1 },
  { field: "tokens", usual: 40_000, least: 1000, most: 500_000, step: 1000 },
  { field: "answer_tokens", usual: 250, least: 30, most: 1000, step: 10 },
  { field: "rounds", usual: 3, least: 0, most: 5, step: 1 },
  { field: "floor", usual: 0.33, least: 0, most: 1, step: 0.01 },
  { field: "sure", usual: 0.6, least: 0, most: 1, step: 0.01 },
] as const;

/** How long, how much and how quick: what a call may take before it is given up. */
export function Limits() {
  const { t } = useTranslation();
  const { brief, put } = useBrief();
  return (
    <div className={styles.limits}>
      {LIMITS.map(({ field, usual, least, most, step }) => (
        <div key={field} data-field={`limits.${field}`}>
          <Field label={t(`brief.limit.${field}`)} hint={t(`brief.limit.${field}Hint`)}>
            {(id) => (
              <InputNumber
                id={id}
                min={least}
                max={most}
                step={step}
                precision={step < 1 ? undefined : 0}
                value={brief.limits?.[field] ?? usual}
                onChange={(value) => {
                  if (value !== null) put({ limits: { ...brief.limits, [field]: value } }, `limits.${field}`);
                }}
              />
            )}
          </Field>
        </div>
      ))}
    </div>
  );
}
