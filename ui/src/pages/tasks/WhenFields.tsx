import { Form, Radio, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { CallingHours, TaskChoices } from "@/api/model";
import { DayBand } from "@/parts/hours/DayBand";
import { HoursEditor } from "@/parts/hours/HoursEditor";
import styles from "./NewTask.module.css";
import { ownHours } from "./wishes";

interface HoursProps {
  company: CallingHours;
  value?: CallingHours | null;
  onChange?: (hours: CallingHours | null) => void;
  id?: string;
}

/** The company's hours, or the task's own within them. */
function HoursChoice({ company, value, onChange, id }: HoursProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.choices}>
      <span>
        <Switch
          id={id}
          size="small"
          checked={Boolean(value)}
          onChange={(own) => onChange?.(own ? ownHours(company) : null)}
          aria-label={t("newTask.ownHours")}
        />{" "}
        <label htmlFor={id}>{t("newTask.ownHours")}</label>
      </span>
      {value ? (
        <HoursEditor value={value} within={company} onChange={(hours) => onChange?.(hours)} />
      ) : (
        <DayBand hours={[company]} />
      )}
    </div>
  );
}

/** Who starts the task, and at which hours it calls. */
export function WhenFields({ choices }: { choices: TaskChoices }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="start_mode" label={t("newTask.start")}>
        <Radio.Group
          className={styles.choices}
          options={(["manual", "automatic"] as const).map((value) => ({
            value,
            label: t(`startMode.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="calling_hours" label={t("newTask.hours")} extra={t("newTask.hoursHint")}>
        <HoursChoice company={choices.calling_hours} />
      </Form.Item>
    </>
  );
}
