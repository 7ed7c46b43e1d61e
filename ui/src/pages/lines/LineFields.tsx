import { Form, type FormInstance, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { DateInput } from "@/parts/DateInput";
import type { LineValues } from "./line-values";
import { numbersIn } from "./line-values";
import { RegionFields } from "./RegionFields";

const KINDS = ["fixed", "mobile", "pooled"] as const;

function useRequired() {
  const { t } = useTranslation();
  return [{ required: true, message: t("form.missing") }];
}

function NumberFields({ form }: { form: FormInstance<LineValues> }) {
  const { t } = useTranslation();
  const required = useRequired();
  const kind = Form.useWatch("kind", form);
  const pool = numbersIn(Form.useWatch("more_numbers", form));
  return (
    <>
      <Form.Item
        name="caller_number"
        label={t("line.callerNumber")}
        extra={t("line.callerHint")}
        rules={required}
      >
        <Input type="tel" autoComplete="off" placeholder="+44 20 7946 0000" />
      </Form.Item>
      {kind === "pooled" ? (
        <Form.Item
          name="more_numbers"
          label={t("line.pool")}
          extra={t("line.poolHint", { count: pool.length + 1 })}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} autoComplete="off" spellCheck={false} />
        </Form.Item>
      ) : null}
      <RegionFields form={form} />
    </>
  );
}

function PaceFields({ form }: { form: FormInstance<LineValues> }) {
  const { t } = useTranslation();
  const required = useRequired();
  const mobile = Form.useWatch("kind", form) === "mobile";
  return (
    <>
      <h3>{t("line.pace")}</h3>
      {mobile ? (
        <p className="quiet">{t("line.mobileChannel")}</p>
      ) : (
        <Form.Item name="channels" label={t("line.channels")} extra={t("line.channelsHint")} rules={required}>
          <InputNumber min={1} max={10000} precision={0} />
        </Form.Item>
      )}
      <Form.Item
        name="calls_per_second"
        label={t("line.callsPerSecond")}
        extra={t("line.callsPerSecondHint")}
        rules={required}
      >
        <InputNumber min={0.01} max={1000} />
      </Form.Item>
      <Form.Item name="ring_timeout_s" label={t("line.ringTimeout")} rules={required}>
        <InputNumber min={15} max={180} precision={0} suffix={t("unit.seconds")} />
      </Form.Item>
    </>
  );
}

function CostFields() {
  const { t } = useTranslation();
  const { currency } = useMe().tenant;
  const required = useRequired();
  return (
    <>
      <h3>{t("line.cost")}</h3>
      <Form.Item name="price" label={t("line.price")} extra={t("line.priceHint")} rules={required}>
        <Input inputMode="decimal" autoComplete="off" suffix={currency} style={{ maxWidth: 220 }} />
      </Form.Item>
      <Form.Item
        name="billed_first_s"
        label={t("line.billedFirst")}
        extra={t("line.billedHint")}
        rules={required}
      >
        <InputNumber min={1} max={3600} precision={0} suffix={t("unit.seconds")} />
      </Form.Item>
      <Form.Item name="billed_next_s" label={t("line.billedNext")} rules={required}>
        <InputNumber min={1} max={3600} precision={0} suffix={t("unit.seconds")} />
      </Form.Item>
      <Form.Item name="expires_at" label={t("line.expires")} extra={t("line.expiresHint")}>
        <DateInput time />
      </Form.Item>
    </>
  );
}

function CarrierFields({ keepsPassword }: { keepsPassword: boolean }) {
  const { t } = useTranslation();
  const required = useRequired();
  return (
    <>
      <h3>{t("line.connection")}</h3>
      <Form.Item name="carrier_host" label={t("line.host")} extra={t("line.hostHint")} rules={required}>
        <Input autoComplete="off" placeholder="sip.carrier.example" />
      </Form.Item>
      <Form.Item name="carrier_port" label={t("line.port")} rules={required}>
        <InputNumber min={1} max={65535} precision={0} />
      </Form.Item>
      <Form.Item
        name="register"
        label={t("line.register")}
        extra={t("line.registerHint")}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item name="username" label={t("line.username")}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t("line.password")}
        extra={t(keepsPassword ? "line.passwordKept" : "line.passwordHint")}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}

interface Props {
  form: FormInstance<LineValues>;
  /** A password is kept already, and stays where none is typed. */
  keepsPassword: boolean;
}

/** Everything that a line is. */
export function LineFields({ form, keepsPassword }: Props) {
  const { t } = useTranslation();
  const required = useRequired();
  return (
    <>
      <Form.Item name="name" label={t("line.name")} rules={required}>
        <Input autoFocus={!keepsPassword} maxLength={80} />
      </Form.Item>
      <Form.Item name="kind" label={t("line.kind")} rules={required}>
        <Select options={KINDS.map((value) => ({ value, label: t(`lineKind.${value}`) }))} />
      </Form.Item>
      <NumberFields form={form} />
      <CarrierFields keepsPassword={keepsPassword} />
      <PaceFields form={form} />
      <CostFields />
    </>
  );
}
