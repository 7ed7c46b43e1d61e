import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { asProblem } from "@/api/problem";
import { type Webhook, type WebhookDraft, webhookQueries, webhookRequests } from "@/api/webhooks";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { FORM, useWebhookForm } from "./WebhookForm";

function Editing({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const back = `/webhooks/${webhook.id}`;
  const changing = useMutation({
    mutationFn: (draft: WebhookDraft) => webhookRequests.change(webhook.id, draft),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: webhookQueries.all().queryKey });
      message.success(t("webhook.saved"));
      navigate(back);
    },
    onError: (error) => form.show(asProblem(error)),
  });
  const { name, url, kinds, active } = webhook;
  const form = useWebhookForm({
    draft: { name, url, kinds, active },
    onDraft: (draft) => changing.mutate(draft),
  });
  return (
    <AddressDrawer
      title={t("webhook.edit")}
      back={back}
      problem={form.problem}
      footer={
        <Button type="primary" form={FORM} htmlType="submit" loading={changing.isPending}>
          {t("webhook.save")}
        </Button>
      }
    >
      {form.fields}
    </AddressDrawer>
  );
}

/** Changes a webhook, switches it off or on. */
export function EditWebhook() {
  const { t } = useTranslation();
  const { webhookId = "" } = useParams();
  const { data, error, refetch } = useQuery(webhookQueries.one(webhookId));
  if (data) return <Editing webhook={data} />;
  return (
    <AddressDrawer title={t("webhook.edit")} back={`/webhooks/${webhookId}`}>
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />}
    </AddressDrawer>
  );
}
