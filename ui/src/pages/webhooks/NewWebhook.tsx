import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem";
import { type MadeWebhook, webhookQueries, webhookRequests } from "@/api/webhooks";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { Secret } from "./Secret";
import { FORM, useWebhookForm } from "./WebhookForm";

function Made({ webhook }: { webhook: MadeWebhook }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <AddressDrawer
      title={webhook.name}
      back="/webhooks"
      footer={
        <Button type="primary" onClick={() => navigate(`/webhooks/${webhook.id}`)}>
          {t("webhook.keptSecret")}
        </Button>
      }
    >
      <Secret secret={webhook.secret} />
    </AddressDrawer>
  );
}

/** Makes a webhook, and tells its secret once. */
export function NewWebhook() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [made, setMade] = useState<MadeWebhook | null>(null);
  const making = useMutation({
    mutationFn: webhookRequests.make,
    onSuccess: (webhook) => {
      setMade(webhook);
      void client.invalidateQueries({ queryKey: webhookQueries.all().queryKey });
    },
    onError: (error) => form.show(asProblem(error)),
  });
  const form = useWebhookForm({ onDraft: (draft) => making.mutate(draft) });
  if (made) return <Made webhook={made} />;
  return (
    <AddressDrawer
      title={t("webhook.new")}
      back="/webhooks"
      problem={form.problem}
      footer={
        <Button type="primary" form={FORM} htmlType="submit" loading={making.isPending}>
          {t("webhook.make")}
        </Button>
      }
    >
      {form.fields}
    </AddressDrawer>
  );
}
