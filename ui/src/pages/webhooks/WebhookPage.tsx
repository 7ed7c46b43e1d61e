import { useQuery } from "@tanstack/react-query";
import { Alert, Breadcrumb, Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useParams } from "react-router";
import { type Webhook, webhookQueries } from "@/api/webhooks";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { Deliveries } from "./Deliveries";
import { useKindWords } from "./useKindWords";
import { WebhookActions } from "./WebhookActions";
import { WebhookStanding } from "./WebhookStanding";
import styles from "./webhooks.module.css";

const REFRESH_MS = 15_000;

function Facts({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const kindWords = useKindWords();
  return (
    <Panel>
      <Descriptions
        size="small"
        column={1}
        items={[
          {
            key: "url",
            label: t("webhook.url"),
            children: <span className={styles.address}>{webhook.url}</span>,
          },
          { key: "kinds", label: t("webhook.kinds"), children: webhook.kinds.map(kindWords).join(" · ") },
          {
            key: "standing",
            label: t("webhook.standing"),
            children: (
              <div>
                <WebhookStanding webhook={webhook} />
              </div>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function GivenUp({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  if (!webhook.given_up_at) return null;
  return (
    <Alert
      type="error"
      showIcon
      title={t("webhook.givenUpTitle")}
      description={t("webhook.givenUpText")}
      action={<LinkButton to={`/webhooks/${webhook.id}/edit`}>{t("webhook.edit")}</LinkButton>}
    />
  );
}

/** One webhook: whether it gets through, and everything that was sent to it. */
export function WebhookPage() {
  const { t } = useTranslation();
  const { webhookId = "" } = useParams();
  const one = useQuery({ ...webhookQueries.one(webhookId), refetchInterval: REFRESH_MS });
  const { data, error, refetch } = one;
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <Page
      title={data.name}
      about={t("webhook.oneAbout")}
      action={<WebhookActions webhook={data} />}
      above={
        <Breadcrumb
          style={{ marginBlockEnd: 8 }}
          items={[{ title: <Link to="/webhooks">{t("webhook.title")}</Link> }, { title: data.name }]}
        />
      }
    >
      <div className={styles.stack}>
        <GivenUp webhook={data} />
        <Facts webhook={data} />
        <Deliveries webhookId={data.id} />
      </div>
      <Outlet />
    </Page>
  );
}
