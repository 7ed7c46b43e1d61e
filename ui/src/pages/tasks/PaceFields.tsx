import { Form, type FormInstance, InputNumber, Radio, Slider } from "antd";
import { useTranslation } from "react-i18next";
import type { TaskChoices } from "@/api/model";
import { callsOf, seatsOf, type Wishes } from "./wishes";

interface CallsProps {
  choices: TaskChoices;
  seats: number;
  value?: number | null;
  onChange?: (calls: number) => void;
  id?: string;
}

/** The number of calls of multi-concurrency, within the range that the server gives. */
function CallsChoice({ choices, seats, value, onChange, id }: CallsProps) {
  const { t } = useTranslation();
  const { lowest, highest } = choices.multi ?? { lowest: seats + 1, highest: 2 * seats };
  const calls = callsOf(value, seats);
  return (
    <div style={{ display: "flex", alignItems: "center", gap: 16 }}>
      <Slider
        style={{ flex: 1 }}
        min={lowest}
        max={highest}
        value={calls}
        onChange={onChange}
        ariaLabelForHandle={t("task.concurrency")}
        marks={lowest === highest ? undefined : { [lowest]: lowest, [highest]: highest }}
      />
      <InputNumber
        id={id}
        min={lowest}
        max={highest}
        precision={0}
        value={calls}
        onChange={(chosen) => chosen && onChange?.(chosen)}
        style={{ width: 90 }}
      />
    </div>
  );
}

function Adaptive({ choices }: { choices: TaskChoices }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="lost_limit_percent"
      label={t("newTask.lostLimit")}
      extra={t("newTask.lostLimitHint", { most: choices.adaptive_most })}
      rules={[{ required: true, message: t("form.missing") }]}
    >
      <InputNumber min={0.1} max={10} step={0.5} suffix="%" style={{ width: 120 }} />
    </Form.Item>
  );
}

/** How many AI seats, and how many calls at once for them. */
export function PaceFields({ form, choices }: { form: FormInstance<Wishes>; choices: TaskChoices }) {
  const { t } = useTranslation();
  const wishes = Form.useWatch([], form) ?? {};
  const seats = seatsOf(wishes);
  const { mode = "plain" } = wishes;
  const whyNotMulti = seats < 2 ? t("newTask.multiNeedsTwo") : null;
  return (
    <>
      {wishes.outbound === "mobile" ? null : (
        <Form.Item
          name="seats"
          label={t("newTask.seats")}
          extra={t("newTask.seatsFree", { count: choices.seats_free, total: choices.seats_total })}
          rules={[{ required: true, message: t("newTask.seatsMissing") }]}
        >
          <InputNumber min={1} max={Math.max(1, choices.seats_total)} precision={0} style={{ width: 120 }} />
        </Form.Item>
      )}
      <Form.Item
        name="mode"
        label={t("newTask.mode")}
        extra={mode === "multi" && whyNotMulti ? whyNotMulti : t(`modeHint.${mode}`, { count: seats })}
      >
        <Radio.Group
          optionType="button"
          options={(["plain", "multi", "adaptive"] as const).map((value) => ({
            value,
            label: t(`mode.${value}`),
            disabled: value === "multi" && whyNotMulti !== null,
            title: value === "multi" ? (whyNotMulti ?? undefined) : undefined,
          }))}
        />
      </Form.Item>
      {mode === "multi" && seats >= 2 ? (
        <Form.Item name="concurrency" label={t("task.concurrency")}>
          <CallsChoice choices={choices} seats={seats} />
        </Form.Item>
      ) : null}
      {mode === "adaptive" ? <Adaptive choices={choices} /> : null}
      {mode === "plain" ? null : (
        <Form.Item
          name="hold_s"
          label={t("newTask.hold")}
          extra={t("newTask.holdHint")}
          rules={[{ required: true, message: t("form.missing") }]}
        >
          <InputNumber min={0} max={30} step={0.5} suffix={t("unit.seconds")} style={{ width: 120 }} />
        </Form.Item>
      )}
    </>
  );
}
