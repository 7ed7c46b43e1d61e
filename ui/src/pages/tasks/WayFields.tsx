import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance, Radio, Select } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Outbound, TaskChoices } from "@/api/model";
import { queries } from "@/api/queries";
import { OUTBOUND, type Wishes } from "./wishes";

interface ChoiceProps {
  kind: Exclude<Outbound, "group">;
  value?: string[];
  onChange?: (ids: string[]) => void;
  id?: string;
}

/** The lines of one kind: one of them, or any number of mobile ones. */
function LinesChoice({ kind, value = [], onChange, id }: ChoiceProps) {
  const { t } = useTranslation();
  const lines = useQuery(queries.lines({ limit: 200 }));
  const shared = {
    id,
    showSearch: { optionFilterProp: "label" },
    loading: lines.isPending,
    placeholder: t(kind === "mobile" ? "newTask.linesPick" : "newTask.linePick"),
    notFoundContent: t(`newTaskNoLine.${kind}`),
    options: lines.data?.items
      .filter((line) => line.kind === kind)
      .map((line) => ({
        value: line.id,
        label: `${line.name} · ${t("line.channelCount", { count: line.channels })}`,
      })),
  };
  if (kind === "mobile") return <Select {...shared} mode="multiple" value={value} onChange={onChange} />;
  return <Select {...shared} value={value[0]} onChange={(one: string) => onChange?.([one])} />;
}

function GroupChoice({ choices }: { choices: TaskChoices }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="policy_group_id"
      label={t("newTask.group")}
      extra={t("newTask.groupHint")}
      rules={[{ required: true, message: t("newTask.groupMissing") }]}
    >
      <Select
        placeholder={t("newTask.groupPick")}
        notFoundContent={t("newTask.noGroup")}
        options={choices.policy_groups.map(({ id, name, lines, channels }) => ({
          value: id,
          disabled: lines === 0,
          label: `${name} · ${t("newTask.lineCount", { count: lines })} · ${t("line.channelCount", { count: channels })}`,
        }))}
      />
    </Form.Item>
  );
}

type Chosen = Pick<Wishes, "line_ids" | "policy_group_id">;

/** Takes a look at another way; what was chosen for the one before is there again when one comes back. */
function useTurn(form: FormInstance<Wishes>, outbound: Outbound) {
  const left = useRef(new Map<Outbound, Chosen>());
  return (next: Outbound) => {
    const { line_ids, policy_group_id } = form.getFieldsValue(true);
    left.current.set(outbound, { line_ids, policy_group_id });
    form.setFieldsValue(left.current.get(next) ?? { line_ids: [], policy_group_id: null });
  };
}

/** How the task reaches the phone network, with what each way asks for. */
export function WayFields({ form, choices }: { form: FormInstance<Wishes>; choices: TaskChoices }) {
  const { t } = useTranslation();
  const outbound = Form.useWatch("outbound", form) ?? "fixed";
  const turn = useTurn(form, outbound);
  return (
    <>
      <Form.Item name="outbound" label={t("newTask.outbound")} extra={t(`outboundHint.${outbound}`)}>
        <Radio.Group
          optionType="button"
          options={OUTBOUND.map((value) => ({ value, label: t(`outbound.${value}`) }))}
          onChange={(event) => turn(event.target.value)}
        />
      </Form.Item>
      {outbound === "group" ? (
        <GroupChoice choices={choices} />
      ) : (
        <Form.Item
          name="line_ids"
          label={t(outbound === "mobile" ? "newTask.lines" : "task.line")}
          rules={[{ required: true, type: "array", min: 1, message: t("newTask.lineMissing") }]}
        >
          <LinesChoice kind={outbound} />
        </Form.Item>
      )}
    </>
  );
}
