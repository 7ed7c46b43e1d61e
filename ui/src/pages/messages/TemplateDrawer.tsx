import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Radio, Space } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import {
  MESSAGE_KINDS,
  type MessageTemplate,
  messageQueries,
  messageRequests,
  type TemplateDraft,
} from "@/api/messages";
import { asProblem } from "@/api/problem";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { AskFirst } from "@/parts/AskFirst";
import { TemplateStateLabel } from "@/parts/MessageLabel";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { useFormProblem } from "@/parts/useFormProblem";
import { useSettled } from "@/parts/useSettled";
import { Preview } from "./Preview";

const BACK = "/messages/templates";
const FORM = "message-template";
const FRESH: TemplateDraft = { name: "", kind: "marketing", text: "" };

type Act = "handIn" | "takeBack" | "retire";

function useChanges(template: MessageTemplate | null, show: (problem: ReturnType<typeof asProblem>) => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const onSuccess = (made: MessageTemplate | undefined) => {
    void client.invalidateQueries({ queryKey: ["messages"] });
    navigate(made ? `${BACK}/${made.id}` : BACK);
  };
  const onError = (error: unknown) => show(asProblem(error));
  const save = useMutation({
    mutationFn: (draft: TemplateDraft) =>
      template ? messageRequests.change(template.id, draft) : messageRequests.make(draft),
    onSuccess,
    onError,
  });
  const mutationKey = ["message-templates", template?.id, "act"];
  const act = useMutation({
    mutationKey,
    mutationFn: async (what: Act) => {
      if (!template) return undefined;
      if (what === "retire") {
        await messageRequests.retire(template.id);
        return undefined;
      }
      return messageRequests[what](template.id);
    },
    onSuccess,
    onError,
  });
  // A double click's second press comes before the button shows the first.
  const once = (what: Act) => {
    if (client.isMutating({ mutationKey }) === 0) act.mutate(what);
  };
  return { save, act: once, acting: act.isPending };
}

function Fields({ waits }: { waits: boolean }) {
  const { t } = useTranslation();
  const kind = Form.useWatch<TemplateDraft["kind"] | undefined>("kind") ?? FRESH.kind;
  const text = useSettled(Form.useWatch<string | undefined>("text") ?? "", 400);
  return (
    <>
      <Form.Item
        name="name"
        label={t("messages.name")}
        rules={[{ required: true, message: t("form.missing") }]}
      >
        <Input maxLength={80} disabled={waits} />
      </Form.Item>
      <Form.Item name="kind" label={t("messages.kind")} extra={t(`messageKindHint.${kind}`)}>
        <Radio.Group
          disabled={waits}
          optionType="button"
          options={MESSAGE_KINDS.map((value) => ({ value, label: t(`messageKind.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="text"
        label={t("messages.text")}
        extra={t("messages.textHint")}
        rules={[{ required: true, message: t("form.missing") }]}
      >
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={1000} disabled={waits} />
      </Form.Item>
      <Preview kind={kind} text={text} />
    </>
  );
}

function Versions({ template }: { template: MessageTemplate }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t("messages.versions")}</h3>
      {template.versions.map((version) => (
        <div key={version.id} style={{ marginBlockEnd: 12 }}>
          <Space>
            {t("messages.version", { number: version.number })}
            <TemplateStateLabel state={version.state} />
            {version.decided_at ? <Time past at={version.decided_at} /> : null}
          </Space>
          {version.reason ? <div>{t("messages.rejectedFor", { reason: version.reason })}</div> : null}
          <div className="quiet" style={{ whiteSpace: "pre-wrap" }}>
            {version.text}
          </div>
        </div>
      ))}
    </>
  );
}

function Editing({ template }: { template: MessageTemplate | null }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<TemplateDraft>();
  const faults = useFormProblem(form, ["name", "text"]);
  const { save, act, acting } = useChanges(template, faults.show);
  const latest = template?.versions[0];
  const waits = latest?.state === "submitted";
  const footer = (
    <Space wrap>
      {template ? (
        <AskFirst title={t("messages.retireSure")} onConfirm={() => act("retire")}>
          <Button danger>{t("messages.retire")}</Button>
        </AskFirst>
      ) : null}
      {waits ? (
        <Button loading={acting} onClick={() => act("takeBack")}>
          {t("messages.takeBack")}
        </Button>
      ) : null}
      {latest?.state === "draft" ? (
        <Button loading={acting} onClick={() => act("handIn")}>
          {t("messages.handIn")}
        </Button>
      ) : null}
      <Button type="primary" form={FORM} htmlType="submit" loading={save.isPending} disabled={waits}>
        {t("book.save")}
      </Button>
    </Space>
  );
  return (
    <AddressDrawer
      title={template?.name ?? t("messages.newTemplate")}
      back={BACK}
      width={560}
      footer={footer}
      problem={faults.rest}
    >
      {waits ? (
        <Alert type="info" showIcon style={{ marginBlockEnd: 16 }} title={t("messages.waits")} />
      ) : null}
      {latest?.state === "approved" ? (
        <Alert type="info" showIcon style={{ marginBlockEnd: 16 }} title={t("messages.changeBegins")} />
      ) : null}
      <Form<TemplateDraft>
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={latest ? { name: template?.name, kind: latest.kind, text: latest.text } : FRESH}
        onFinish={(values) => save.mutate(values)}
      >
        <Fields waits={waits} />
      </Form>
      {template ? <Versions template={template} /> : null}
    </AddressDrawer>
  );
}

/** One template, written or changed. */
export function TemplateDrawer() {
  const { t } = useTranslation();
  const { templateId } = useParams();
  const { data, error, refetch } = useQuery(messageQueries.templates());
  const template = data?.find(({ id }) => id === templateId) ?? null;
  if (!templateId || template) {
    const key = template
      ? `${template.id} ${template.versions[0]?.id} ${template.versions[0]?.state}`
      : "new";
    return <Editing key={key} template={template} />;
  }
  return (
    <AddressDrawer title={t("messages.templates")} back={BACK}>
      {data ? <p>{t("problem.not-found.what")}</p> : null}
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {data || error ? null : <PageSkeleton />}
    </AddressDrawer>
  );
}
