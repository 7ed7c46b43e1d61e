import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { NewLine as NewLineBody } from "@/api/model";
import { asProblem } from "@/api/problem";
import { requests } from "@/api/requests";
import { useWhyNoNewLine } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { useFormProblem } from "@/parts/useFormProblem";

const FORM = "new-line";
const KINDS = ["fixed", "mobile", "pooled"] as const;
const FIELDS = [
  "name",
  "kind",
  "caller_number",
  "channels",
  "carrier_host",
  "carrier_port",
  "username",
  "password",
  "ring_timeout_s",
] as const;

const FIRST: Partial<NewLineBody> = {
  kind: "fixed",
  carrier_port: 5060,
  register: false,
  channels: 10,
  ring_timeout_s: 30,
};

function CarrierFields() {
  const { t } = useTranslation();
  const required = [{ required: true, message: t("form.missing") }];
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
      <Form.Item name="password" label={t("line.password")} extra={t("line.passwordHint")}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}

function LineFields() {
  const { t } = useTranslation();
  const required = [{ required: true, message: t("form.missing") }];
  return (
    <>
      <Form.Item name="name" label={t("line.name")} rules={required}>
        <Input autoFocus maxLength={80} />
      </Form.Item>
      <Form.Item name="kind" label={t("line.kind")} rules={required}>
        <Select options={KINDS.map((value) => ({ value, label: t(`lineKind.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="caller_number"
        label={t("line.callerNumber")}
        extra={t("line.callerHint")}
        rules={required}
      >
        <Input type="tel" autoComplete="off" placeholder="+44 20 7946 0000" />
      </Form.Item>
      <Form.Item name="channels" label={t("line.channels")} extra={t("line.channelsHint")} rules={required}>
        <InputNumber min={1} max={10000} precision={0} />
      </Form.Item>
      <Form.Item name="ring_timeout_s" label={t("line.ringTimeout")} rules={required}>
        <InputNumber min={15} max={120} precision={0} suffix={t("unit.seconds")} />
      </Form.Item>
    </>
  );
}

export function NewLine() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const whyNot = useWhyNoNewLine();
  const [form] = Form.useForm<NewLineBody>();
  const faults = useFormProblem(form, FIELDS);
  const create = useMutation({
    mutationFn: requests.createLine,
    onSuccess: (line) => {
      void client.invalidateQueries({ queryKey: ["lines"] });
      message.success(t("line.created", { name: line.name }));
      navigate("/lines");
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  const save = ({ username, password, ...line }: NewLineBody) =>
    create.mutate({ ...line, username: username || null, password: password || null });
  return (
    <AddressDrawer
      title={t("line.new")}
      back="/lines"
      problem={faults.rest}
      footer={
        <Button
          type="primary"
          form={FORM}
          htmlType="submit"
          loading={create.isPending}
          disabled={whyNot !== null}
        >
          {t("line.create")}
        </Button>
      }
    >
      <Form
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={FIRST}
        onFinish={save}
      >
        <LineFields />
        <CarrierFields />
      </Form>
      {whyNot ? <p className="quiet">{whyNot}</p> : null}
    </AddressDrawer>
  );
}
