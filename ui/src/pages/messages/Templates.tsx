import { useQuery } from "@tanstack/react-query";
import { Alert, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type MessageAccount, type MessageTemplate, messageQueries } from "@/api/messages";
import { useMe } from "@/app/session";
import { useChannelTrouble } from "@/parts/channel-trouble";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { TemplateStateLabel } from "@/parts/MessageLabel";
import { money } from "@/parts/numbers";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useLocale } from "@/parts/useLocale";

function Account({ account }: { account: MessageAccount }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { currency } = useMe().tenant;
  const trouble = useChannelTrouble()(account.trouble);
  if (trouble)
    return (
      <Alert
        type="warning"
        showIcon
        style={{ marginBlockEnd: 16 }}
        title={t("messages.notNow")}
        description={trouble}
      />
    );
  if (account.sends_nothing) return null;
  const price = money(account.price, currency, locale);
  return (
    <p className="quiet">
      {account.pays_for === null
        ? t("messages.sendsFree", { sender: account.sender })
        : t("messages.sendsFrom", { sender: account.sender, price, count: account.pays_for })}
    </p>
  );
}

function TemplatesTable({ templates }: { templates: MessageTemplate[] }) {
  const { t } = useTranslation();
  return (
    <Table<MessageTemplate>
      aria-label={t("messages.templates")}
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={templates}
      columns={[
        {
          title: t("messages.name"),
          key: "name",
          render: (_, { id, name }) => <Link to={`/messages/templates/${id}`}>{name}</Link>,
        },
        {
          title: t("messages.kind"),
          key: "kind",
          responsive: ["md"],
          render: (_, { versions }) => (versions[0] ? t(`messageKind.${versions[0].kind}`) : null),
        },
        {
          title: t("messages.state"),
          key: "state",
          render: (_, { versions: [latest], usable }) =>
            latest ? (
              <>
                <TemplateStateLabel state={latest.state} />
                {usable && usable.id !== latest.id ? (
                  <span className="quiet">{t("messages.alsoUsable", { number: usable.number })}</span>
                ) : null}
              </>
            ) : null,
        },
        {
          title: t("messages.text"),
          key: "text",
          responsive: ["lg"],
          render: (_, { versions }) => (
            <div style={{ maxWidth: 420, whiteSpace: "pre-wrap" }}>{versions[0]?.text}</div>
          ),
        },
      ]}
    />
  );
}

/** The company's templates, and what they can be sent over. */
export function Templates() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(messageQueries.templates());
  const account = useQuery(messageQueries.account());
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <>
      {account.data ? <Account account={account.data} /> : null}
      <Panel padded={data.length === 0}>
        {data.length > 0 ? (
          <TemplatesTable templates={data} />
        ) : (
          <EmptyState
            title={t("messages.noTemplate")}
            hint={t("messages.noTemplateHint")}
            action={<LinkButton to="/messages/templates/new">{t("messages.newTemplate")}</LinkButton>}
          />
        )}
      </Panel>
    </>
  );
}
