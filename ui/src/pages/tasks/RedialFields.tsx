import { Checkbox, Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import type { NewTask } from "@/api/model";
import { PhoneStateLabel } from "@/parts/PhoneStateLabel";
import styles from "./NewTask.module.css";
import { PROMISED, REDIALLED, type Redialled } from "./wishes";

type Rule = NonNullable<NewTask["redial"]>[string];

const FIRST: Record<Redialled, Rule> = {
  no_answer: { interval_h: 4, tries: 2 },
  busy: { interval_h: 0.5, tries: 3 },
  unreachable: { interval_h: 8, tries: 2 },
  refused: { interval_h: 24, tries: 1 },
  lost: { interval_h: 24, tries: 1 },
  voicemail: { interval_h: 4, tries: 1 },
  technical_fault: PROMISED,
};

interface RuleProps {
  outcome: Redialled;
  value?: Rule;
  onChange?: (rule: Rule | undefined) => void;
}

/** Whether a call that ended so is made again: after how many hours, how often. */
function RuleChoice({ outcome, value, onChange }: RuleProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.redial}>
      <Checkbox
        checked={value !== undefined}
        onChange={({ target }) => onChange?.(target.checked ? FIRST[outcome] : undefined)}
      >
        <PhoneStateLabel state={outcome} />
      </Checkbox>
      {value ? (
        <span className={styles.redialRule}>
          {t("redial.after")}
          <InputNumber
            aria-label={t("redial.hours")}
            min={0.1}
            max={720}
            step={0.5}
            suffix={t("unit.hours")}
            value={Number(value.interval_h)}
            onChange={(hours) => hours !== null && onChange?.({ ...value, interval_h: hours })}
            style={{ width: 100 }}
          />
          {t("redial.upTo")}
          <InputNumber
            aria-label={t("redial.tries")}
            min={1}
            max={10}
            precision={0}
            value={value.tries}
            onChange={(tries) => tries !== null && onChange?.({ ...value, tries })}
            style={{ width: 64 }}
          />
          {t("redial.times", { count: value.tries })}
        </span>
      ) : null}
    </div>
  );
}

/** After which outcomes the task calls again by itself. */
export const RedialFields = () =>
  REDIALLED.map((outcome) => (
    <Form.Item key={outcome} name={["redial", outcome]} style={{ marginBlockEnd: 8 }}>
      <RuleChoice outcome={outcome} />
    </Form.Item>
  ));
