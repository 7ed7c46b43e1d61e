import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";
import { type Webhook, webhookQueries } from "@/api/webhooks";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useKindWords } from "./useKindWords";
import { WebhookStanding } from "./WebhookStanding";
import styles from "./webhooks.module.css";

const REFRESH_MS = 15_000;

function WebhooksTable({ webhooks }: { webhooks: Webhook[] }) {
  const { t } = useTranslation();
  const kindWords = useKindWords();
  return (
    <Table<Webhook>
      aria-label={t("webhook.title")}
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={webhooks}
      columns={[
        {
          title: t("webhook.name"),
          key: "name",
          render: (_, { id, name, url }) => (
            <>
              <Link to={`/webhooks/${id}`}>{name}</Link>
              <div className={`quiet ${styles.address}`}>{url}</div>
            </>
          ),
        },
        {
          title: t("webhook.kinds"),
          key: "kinds",
          responsive: ["md"],
          render: (_, { kinds }) => <span className={styles.kinds}>{kinds.map(kindWords).join(" · ")}</span>,
        },
        {
          title: t("webhook.standing"),
          key: "standing",
          render: (_, webhook) => <WebhookStanding webhook={webhook} />,
        },
      ]}
    />
  );
}

/** Addresses of the company's other systems that are told what happens. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({ ...webhookQueries.all(), refetchInterval: REFRESH_MS });
  const add = (
    <LinkButton primary to="/webhooks/new">
      {t("webhook.new")}
    </LinkButton>
  );
  return (
    <Page title={t("webhook.title")} about={t("webhook.about")} action={data?.length ? add : undefined}>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data ? (
        <Panel padded={data.length === 0}>
          {data.length === 0 ? (
            <EmptyState title={t("webhook.none")} hint={t("webhook.noneHint")} action={add} />
          ) : (
            <WebhooksTable webhooks={data} />
          )}
        </Panel>
      ) : null}
      <Outlet />
    </Page>
  );
}
