import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Form, InputNumber, Radio, Select, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { CallingHours, CallingSettings } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { HoursEditor } from "@/parts/hours/HoursEditor";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";
import styles from "./settings.module.css";

const FIELDS = ["time_zone", "calling_hours", "number_caps", "consent_policy", "script_duties"] as const;
const SPANS = ["minute", "hour", "day", "week", "month"] as const;
const DUTIES = ["say_ai", "say_recorded", "offer_way_out"] as const;
const POLICIES = ["not_checked", "as_country_asks", "always"] as const;

/** The page's kept answer: what is set, and the zones that can be. */
type Kept = CallingSettings & { time_zones: string[] };

interface HoursProps {
  disabled: boolean;
  value?: CallingHours;
  onChange?: (hours: CallingHours) => void;
}

const Hours = ({ value, onChange, disabled }: HoursProps) =>
  value ? <HoursEditor value={value} onChange={(hours) => onChange?.(hours)} disabled={disabled} /> : null;

function Caps({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item label={t("settings.caps")} extra={t("settings.capsHint")}>
      <div className={styles.caps}>
        {SPANS.map((span) => (
          <Form.Item key={span} name={["number_caps", span]} label={t(`capIn.${span}`)} style={{ margin: 0 }}>
            <InputNumber
              min={1}
              max={50}
              precision={0}
              disabled={disabled}
              placeholder={t("settings.noCap")}
              style={{ width: 110 }}
            />
          </Form.Item>
        ))}
      </div>
    </Form.Item>
  );
}

/** What a script must say by its first question before it is published. */
function Duties({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item label={t("settings.duties")} extra={t("settings.dutiesHint")}>
      <div className={styles.choices}>
        {DUTIES.map((duty) => (
          <Form.Item key={duty} name={["script_duties", duty]} valuePropName="checked" noStyle>
            <Checkbox disabled={disabled}>{t(`scriptDuty.${duty}`)}</Checkbox>
          </Form.Item>
        ))}
      </div>
    </Form.Item>
  );
}

function Fields({ zones, disabled }: { zones: string[]; disabled: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="time_zone" label={t("settings.zone")} extra={t("settings.zoneHint")}>
        <Select
          showSearch
          disabled={disabled}
          style={{ maxWidth: 320 }}
          options={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        />
      </Form.Item>
      <Form.Item name="calling_hours" label={t("settings.hours")} extra={t("settings.hoursHint")}>
        <Hours disabled={disabled} />
      </Form.Item>
      <Caps disabled={disabled} />
      <Form.Item name="consent_policy" label={t("settings.consent")}>
        <Radio.Group
          className={styles.choices}
          disabled={disabled}
          options={POLICIES.map((value) => ({ value, label: t(`consent.${value}`) }))}
        />
      </Form.Item>
      <Duties disabled={disabled} />
    </>
  );
}

/** Without the spans that were left empty. */
function bodyOf({ number_caps, ...rest }: CallingSettings): CallingSettings {
  const { time_zone, calling_hours, consent_policy, script_duties } = rest;
  const caps = Object.entries(number_caps).filter(([, most]) => typeof most === "number");
  return { time_zone, calling_hours, consent_policy, script_duties, number_caps: Object.fromEntries(caps) };
}

function SettingsForm({ kept }: { kept: Kept }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const whyNot = useWhyNot("change_settings");
  const [form] = Form.useForm<CallingSettings>();
  const faults = useFormProblem(form, FIELDS);
  const save = useMutation({
    mutationFn: (settings: CallingSettings) => requests.changeCallingSettings(bodyOf(settings)),
    onSuccess: (saved) => {
      client.setQueryData(queries.callingSettings().queryKey, saved);
      for (const queryKey of [["me"], ["task-choices"]]) void client.invalidateQueries({ queryKey });
      message.success(t("settings.saved"));
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return (
    <Panel>
      {whyNot ? <Alert type="info" showIcon title={whyNot} style={{ marginBlockEnd: 16 }} /> : null}
      <Form<CallingSettings>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={kept}
        onFinish={() => save.mutate(form.getFieldsValue(true))}
      >
        <Fields zones={kept.time_zones} disabled={whyNot !== null} />
        {faults.rest ? <ProblemNote error={faults.rest} /> : null}
        <Tooltip title={whyNot}>
          <Button
            type="primary"
            htmlType="submit"
            loading={save.isPending}
            disabled={whyNot !== null}
            aria-description={whyNot ?? undefined}
          >
            {t("settings.save")}
          </Button>
        </Tooltip>
      </Form>
    </Panel>
  );
}

/** What holds for every call of the company: when, how often, with what consent, by which clock. */
export function CallingPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(queries.callingSettings());
  return (
    <Page title={t("settings.calling")} about={t("settings.about")}>
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {data ? <SettingsForm kept={data} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
    </Page>
  );
}
