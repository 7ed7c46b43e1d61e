import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem";
import { type WarningKind, type WarningSettings, warningQueries, warningRequests } from "@/api/warnings";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";

const BACK = "/warnings";
const FORM = "warning-settings";
const MICROS = 1_000_000;
const MOST_MONEY = 1_000_000_000;
const KINDS: readonly WarningKind[] = [
  "out_of_credit",
  "low_balance",
  "seat_expiry",
  "line_fault",
  "nearly_done",
  "done",
  "webhook_given_up",
];

interface Values {
  low: number;
  everyday: string[];
  people: Partial<Record<WarningKind, string[]>>;
}

function useSaving() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ low, everyday, people }: Values) =>
      warningRequests.changeSettings({
        low_balance: Math.round(low * MICROS),
        everyday,
        people: Object.fromEntries(Object.entries(people).filter(([, chosen]) => chosen.length > 0)),
      }),
    onSuccess: (kept) => {
      client.setQueryData(warningQueries.settings().queryKey, kept);
      message.success(t("warning.saved"));
      navigate(BACK);
    },
  });
}

function Fields({ settings, disabled }: { settings: WarningSettings; disabled: boolean }) {
  const { t } = useTranslation();
  const options = settings.choices.map(({ id, name, role }) => ({
    value: id,
    label: `${name} (${t(`role.${role}`)})`,
  }));
  const everyday = Form.useWatch<string[] | undefined>("everyday") ?? settings.everyday;
  const others = everyday.length > 0 ? t("warning.theEveryday") : t("warning.theLeaders");
  return (
    <>
      <Form.Item
        name="low"
        label={t("warning.low")}
        rules={[{ required: true, message: t("warning.lowMissing") }]}
      >
        <InputNumber
          min={0}
          max={MOST_MONEY}
          disabled={disabled}
          suffix={settings.currency}
          style={{ width: 180 }}
        />
      </Form.Item>
      <Form.Item name="everyday" label={t("warning.everyday")} extra={t("warning.everydayHint")}>
        <Select
          mode="multiple"
          disabled={disabled}
          options={options}
          optionFilterProp="label"
          placeholder={t("warning.theLeaders")}
        />
      </Form.Item>
      <h3>{t("warning.perKind")}</h3>
      {KINDS.map((kind) => (
        <Form.Item key={kind} name={["people", kind]} label={t(`warningKind.${kind}`)}>
          <Select
            mode="multiple"
            disabled={disabled}
            options={options}
            optionFilterProp="label"
            placeholder={others}
          />
        </Form.Item>
      ))}
    </>
  );
}

function Editing({ settings }: { settings: WarningSettings }) {
  const { t } = useTranslation();
  const whyNot = useWhyNot("change_settings");
  const saving = useSaving();
  const people = Object.fromEntries(KINDS.map((kind) => [kind, settings.people[kind] ?? []]));
  return (
    <AddressDrawer
      title={t("warning.settings")}
      back={BACK}
      problem={saving.isError ? asProblem(saving.error) : null}
      footer={
        whyNot ? (
          <span className="quiet">{whyNot}</span>
        ) : (
          <Button type="primary" form={FORM} htmlType="submit" loading={saving.isPending}>
            {t("warning.save")}
          </Button>
        )
      }
    >
      <Form<Values>
        id={FORM}
        layout="vertical"
        requiredMark={false}
        initialValues={{ low: settings.low_balance / MICROS, everyday: settings.everyday, people }}
        onFinish={(values) => saving.mutate(values)}
      >
        <Fields settings={settings} disabled={whyNot !== null} />
      </Form>
    </AddressDrawer>
  );
}

/** Who is told of what, and from which balance on. */
export function WarningSettingsDrawer() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(warningQueries.settings());
  if (data) return <Editing settings={data} />;
  return (
    <AddressDrawer title={t("warning.settings")} back={BACK}>
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />}
    </AddressDrawer>
  );
}
