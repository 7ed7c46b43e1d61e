import { MoreOutlined, SendOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Space } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type Webhook, webhookQueries, webhookRequests } from "@/api/webhooks";
import { useProblemWords } from "@/parts/problem-words";
import { Secret } from "./Secret";

function useActs({ id, name }: Webhook) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message, modal } = App.useApp();
  const words = useProblemWords();
  const onError = (error: unknown) => {
    const { what, why } = words(error);
    message.error(why || what);
  };
  const test = useMutation({
    mutationFn: () => webhookRequests.test(id),
    onSuccess: (sent) => {
      void client.invalidateQueries({ queryKey: webhookQueries.one(id).queryKey });
      navigate(`/webhooks/${id}/deliveries/${sent.id}`);
    },
    onError,
  });
  const secret = useMutation({
    mutationFn: () => webhookRequests.changeSecret(id),
    onSuccess: (told) =>
      modal.info({
        title: name,
        icon: null,
        width: 560,
        content: <Secret secret={told.secret} />,
        okText: t("webhook.keptSecret"),
      }),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => webhookRequests.remove(id),
    onSuccess: () => {
      message.success(t("webhook.deleted", { name }));
      navigate("/webhooks");
      void client.invalidateQueries({ queryKey: webhookQueries.all().queryKey, exact: true });
    },
    onError,
  });
  return { test, secret, remove };
}

/** What is done with a webhook as a whole. */
export function WebhookActions({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const { test, secret, remove } = useActs(webhook);
  const ask = (what: "newSecret" | "delete", act: () => Promise<unknown>) =>
    modal.confirm({
      title: t(`webhook.${what}Title`, { name: webhook.name }),
      content: t(`webhook.${what}Text`),
      okText: t(`webhook.${what}`),
      okButtonProps: { danger: true },
      focusable: { autoFocusButton: "cancel" },
      cancelText: t("designer.cancel"),
      onOk: () => act().catch(() => undefined),
    });
  return (
    <Space>
      <Button data-sends icon={<SendOutlined />} loading={test.isPending} onClick={() => test.mutate()}>
        {t("webhook.test")}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            {
              key: "edit",
              label: t("webhook.edit"),
              onClick: () => navigate(`/webhooks/${webhook.id}/edit`),
            },
            {
              key: "secret",
              label: t("webhook.newSecret"),
              onClick: () => ask("newSecret", () => secret.mutateAsync()),
            },
            { type: "divider" },
            {
              key: "delete",
              label: t("webhook.delete"),
              danger: true,
              onClick: () => ask("delete", () => remove.mutateAsync()),
            },
          ],
        }}
      >
        <Button icon={<MoreOutlined />} aria-label={t("webhook.more", { name: webhook.name })} />
      </Dropdown>
    </Space>
  );
}
