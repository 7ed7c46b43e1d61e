import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { MESSAGE_KINDS, type MessageHours, messageQueries, messageRequests } from "@/api/messages";
import type { CallingHours } from "@/api/model";
import { asProblem } from "@/api/problem";
import { useWhyNot } from "@/app/session";
import { HoursEditor } from "@/parts/hours/HoursEditor";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";

interface HoursProps {
  disabled: boolean;
  value?: CallingHours;
  onChange?: (hours: CallingHours) => void;
}

const Hours = ({ value, onChange, disabled }: HoursProps) =>
  value ? (
    <HoursEditor of="messages" value={value} onChange={(hours) => onChange?.(hours)} disabled={disabled} />
  ) : null;

function HoursForm({ kept }: { kept: MessageHours }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const whyNot = useWhyNot("change_messages");
  const [form] = Form.useForm<MessageHours>();
  const faults = useFormProblem(form, MESSAGE_KINDS);
  const save = useMutation({
    mutationFn: messageRequests.setHours,
    onSuccess: (saved) => {
      client.setQueryData(messageQueries.hours().queryKey, saved);
      message.success(t("settings.saved"));
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return (
    <Panel>
      {whyNot ? <Alert type="info" showIcon title={whyNot} style={{ marginBlockEnd: 16 }} /> : null}
      <p className="quiet">{t("messages.hoursAbout")}</p>
      <Form<MessageHours>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={kept}
        onFinish={() => save.mutate(form.getFieldsValue(true))}
      >
        {MESSAGE_KINDS.map((kind) => (
          <Form.Item
            key={kind}
            name={kind}
            label={<h2 style={{ margin: 0, fontSize: 15 }}>{t(`messageKind.${kind}`)}</h2>}
            extra={t(kind === "service" ? "messages.hoursService" : "messages.hoursAsCalls")}
          >
            <Hours disabled={whyNot !== null} />
          </Form.Item>
        ))}
        {faults.rest ? <ProblemNote error={faults.rest} /> : null}
        <Tooltip title={whyNot}>
          <Button type="primary" htmlType="submit" loading={save.isPending} disabled={whyNot !== null}>
            {t("settings.save")}
          </Button>
        </Tooltip>
      </Form>
    </Panel>
  );
}

/** When messages of each kind leave, by the recipient's clock. */
export function SendingHours() {
  const { data, error, refetch } = useQuery(messageQueries.hours());
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return <HoursForm kept={data} />;
}
