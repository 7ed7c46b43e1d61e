import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, Space, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { type WebhookDraft, webhookQueries } from "@/api/webhooks";
import { useFormProblem } from "@/parts/useFormProblem";
import { useKindWords } from "./useKindWords";

export const FORM = "webhook";
const FRESH: WebhookDraft = { name: "", url: "", kinds: ["call.ended", "customer.graded"], active: true };

function Kinds() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<WebhookDraft>();
  const { data = [] } = useQuery(webhookQueries.kinds());
  const kindWords = useKindWords();
  return (
    <>
      <Form.Item
        name="kinds"
        label={t("webhook.kinds")}
        // Not as `required`: a group of boxes can't be, to a screen reader.
        rules={[{ type: "array", min: 1, message: t("webhook.kindsMissing") }]}
        style={{ marginBlockEnd: 0 }}
      >
        <Checkbox.Group style={{ display: "grid", gap: 8 }}>
          {data.map((kind) => (
            <Checkbox key={kind} value={kind}>
              {kindWords(kind)} <code className="quiet">{kind}</code>
            </Checkbox>
          ))}
        </Checkbox.Group>
      </Form.Item>
      <Button
        type="link"
        style={{ display: "block", paddingInline: 0, marginBlockEnd: 16 }}
        onClick={() => form.setFieldValue("kinds", data)}
      >
        {t("webhook.allKinds")}
      </Button>
    </>
  );
}

interface Props {
  draft?: WebhookDraft;
  onDraft: (draft: WebhookDraft) => void;
}

/** What a webhook is made of; `problem` is what no field of it can show. */
export function useWebhookForm({ draft, onDraft }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<WebhookDraft>();
  const faults = useFormProblem(form, ["name", "url", "kinds"]);
  const fields = (
    <Form<WebhookDraft>
      id={FORM}
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={draft ?? FRESH}
      onFinish={onDraft}
    >
      <Form.Item
        name="name"
        label={t("webhook.name")}
        rules={[{ required: true, whitespace: true, message: t("webhook.nameMissing") }]}
      >
        <Input maxLength={80} autoFocus={!draft} autoComplete="off" placeholder={t("webhook.nameExample")} />
      </Form.Item>
      <Form.Item
        name="url"
        label={t("webhook.url")}
        extra={t("webhook.urlHint")}
        rules={[{ required: true, whitespace: true, message: t("webhook.urlMissing") }]}
      >
        <Input maxLength={2000} autoComplete="off" inputMode="url" placeholder="https://crm.example/calls" />
      </Form.Item>
      <Kinds />
      <Space>
        <Form.Item name="active" valuePropName="checked" noStyle>
          <Switch id={`${FORM}_active`} aria-label={t("webhook.active")} />
        </Form.Item>
        <label htmlFor={`${FORM}_active`}>{t("webhook.active")}</label>
      </Space>
    </Form>
  );
  return { fields, problem: faults.rest, show: (problem: Problem) => faults.show(problem) };
}
