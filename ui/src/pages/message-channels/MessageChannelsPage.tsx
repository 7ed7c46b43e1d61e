import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";
import { type MessageChannel, messageQueries } from "@/api/messages";
import { useChannelTrouble } from "@/parts/channel-trouble";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { SendsNothingMark } from "@/parts/SendsNothing";
import { Review } from "./Review";

function Channels({ channels }: { channels: MessageChannel[] }) {
  const { t } = useTranslation();
  const troubleWords = useChannelTrouble();
  return (
    <Table<MessageChannel>
      aria-label={t("channels.title")}
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={channels}
      columns={[
        {
          title: t("messages.name"),
          key: "name",
          render: (_, { id, name }) => <Link to={`/message-channels/${id}`}>{name}</Link>,
        },
        {
          title: t("channels.provider"),
          key: "provider",
          render: (_, { provider }) =>
            provider === "null" ? <SendsNothingMark /> : t(`channelProvider.${provider}`),
        },
        {
          title: t("messages.state"),
          key: "state",
          render: (_, { trouble, provider }) =>
            troubleWords(trouble) || (provider === "null" ? "–" : t("channels.works")),
        },
        {
          title: t("channels.perSecond"),
          key: "per_second",
          align: "right",
          responsive: ["md"],
          render: (_, { per_second }) => <span className="number">{per_second}</span>,
        },
      ]}
    />
  );
}

/** For the operator: which templates wait for approval, and the ways to networks. */
export function MessageChannelsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(messageQueries.channels());
  const add = (
    <LinkButton primary to="/message-channels/new">
      {t("channels.new")}
    </LinkButton>
  );
  return (
    <Page title={t("menu.messageChannels")} about={t("channels.about")} action={add}>
      <Review />
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data ? (
        <>
          <h2>{t("channels.title")}</h2>
          <Panel padded={data.length === 0}>
            {data.length > 0 ? (
              <Channels channels={data} />
            ) : (
              <EmptyState title={t("channels.none")} hint={t("channels.noneHint")} />
            )}
          </Panel>
        </>
      ) : null}
      <Outlet />
    </Page>
  );
}
