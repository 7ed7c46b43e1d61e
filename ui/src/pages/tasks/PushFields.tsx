import { useQuery } from "@tanstack/react-query";
import { Alert, Checkbox, Form, type FormInstance, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { chatQueries } from "@/api/chats";
import { ProblemNote } from "@/parts/ProblemPage";
import { useGrades } from "./useGrades";
import type { Wishes } from "./wishes";

const AT = "push";

/** People to choose among; who was chosen before and has no chat any more is named so. */
function usePeople(form: FormInstance<Wishes>) {
  const { t } = useTranslation();
  const { data = [], isPending, isSuccess, error, refetch } = useQuery(chatQueries.pushers());
  const pushers = (Form.useWatch([AT, "pushers"], form) ?? {}) as Record<string, string[] | undefined>;
  const chosen = new Set(Object.values(pushers).flatMap((people) => people ?? []));
  const gone = [...chosen].filter((id) => !data.some((one) => one.id === id));
  return {
    isPending,
    error: isSuccess ? null : error,
    refetch,
    none: isSuccess && data.length === 0,
    some: chosen.size > 0,
    options: [
      ...data.map(({ id, name }) => ({ value: id, label: name })),
      ...(isSuccess ? gone.map((id) => ({ value: id, label: t("push.noChat") })) : []),
    ],
  };
}

function How({ form }: { form: FormInstance<Wishes> }) {
  const { t } = useTranslation();
  const how = Form.useWatch([AT, "how"], form) as "all" | "in_turn" | undefined;
  return (
    <>
      <Form.Item name={[AT, "how"]} label={t("push.how")} extra={t(`pushHowHint.${how ?? "all"}`)}>
        <Radio.Group
          optionType="button"
          options={(["all", "in_turn"] as const).map((value) => ({ value, label: t(`pushHow.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name={[AT, "assigns"]} valuePropName="checked" extra={t("push.assignsHint")}>
        <Checkbox disabled={how !== "in_turn"}>{t("push.assigns")}</Checkbox>
      </Form.Item>
    </>
  );
}

/** Whom the task tells of customers with which grades; greyed, saying why, while nobody has a chat. */
export function PushFields({ form }: { form: FormInstance<Wishes> }) {
  const { t } = useTranslation();
  const grades = useGrades(form);
  const people = usePeople(form);
  return (
    <>
      {people.error ? <ProblemNote error={people.error} retry={() => void people.refetch()} /> : null}
      {people.none ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBlockEnd: 12 }}
          title={t("push.nobody")}
          action={<Link to="/chats/new">{t("chat.bind")}</Link>}
        />
      ) : null}
      {grades.length === 0 ? <p className="quiet">{t("push.scriptFirst")}</p> : null}
      {grades.map((grade) => (
        <Form.Item
          key={grade}
          name={[AT, "pushers", grade]}
          label={t("push.grade", { grade })}
          style={{ marginBlockEnd: 8 }}
        >
          <Select
            mode="multiple"
            allowClear
            disabled={people.none}
            loading={people.isPending}
            optionFilterProp="label"
            placeholder={t("push.nobodyTold")}
            options={people.options}
          />
        </Form.Item>
      ))}
      {people.some ? <How form={form} /> : null}
    </>
  );
}
