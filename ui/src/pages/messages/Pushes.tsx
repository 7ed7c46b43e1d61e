import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { chatQueries, PUSH_STATES, type Push } from "@/api/chats";
import { EmptyState } from "@/parts/EmptyState";
import { PAGE_SIZE, Pager, useCursor } from "@/parts/Pager";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Filters, Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { PushLabel } from "@/parts/PushLabel";
import { SendAgain } from "@/parts/SendAgain";
import { StateSelect } from "@/parts/StateSelect";
import { Time } from "@/parts/Time";
import { useAddressChoice } from "@/parts/useAddressFilter";

function What({ push }: { push: Push }) {
  const { t } = useTranslation();
  if (push.call_id)
    return (
      <>
        <Link to={`/calls/${push.call_id}`}>{push.customer_name || t("customer.unnamed")}</Link>
        <div className="quiet">{push.task_name}</div>
      </>
    );
  return (
    <Link to="/warnings">
      {push.warning_kind ? t(`warningKind.${push.warning_kind}`) : t("push.aWarning")}
    </Link>
  );
}

function useColumns() {
  const { t } = useTranslation();
  return [
    {
      title: t("push.whom"),
      key: "whom",
      render: (_: unknown, push: Push) => (
        <>
          {push.person.name}
          <div className="quiet">{push.chat_name ?? t("push.noChat")}</div>
          <span className="phone-only">
            <What push={push} />
          </span>
        </>
      ),
    },
    {
      title: t("push.of"),
      key: "of",
      responsive: ["md" as const],
      render: (_: unknown, push: Push) => <What push={push} />,
    },
    {
      title: t("push.state"),
      key: "state",
      render: (_: unknown, push: Push) => (
        <>
          <PushLabel push={push} />
          <SendAgain push={push} />
        </>
      ),
    },
    {
      title: t("money.when"),
      key: "when",
      responsive: ["md" as const],
      render: (_: unknown, push: Push) => <Time past at={push.created_at} />,
    },
  ];
}

/** What people were told in their chats, the newest first. */
export function Pushes() {
  const { t } = useTranslation();
  const [state, setState] = useAddressChoice("state", PUSH_STATES);
  const { data, error, refetch } = useQuery(
    chatQueries.pushes({ state, after: useCursor(), limit: PAGE_SIZE }),
  );
  const columns = useColumns();
  return (
    <Panel padded={false}>
      <Filters label={t("filter.name")}>
        <StateSelect
          label={t("push.state")}
          any={t("messages.anyState")}
          states={PUSH_STATES}
          name={(value) => t(`pushState.${value}`)}
          value={state}
          onChange={setState}
        />
      </Filters>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data?.items.length === 0 ? (
        <EmptyState
          title={t(state ? "push.noneFound" : "push.none")}
          hint={t(state ? "filter.noneHint" : "push.noneHint")}
        />
      ) : null}
      {data && data.items.length > 0 ? (
        <Table<Push>
          aria-label={t("push.title")}
          rowKey="id"
          size="middle"
          pagination={false}
          scroll={{ x: "max-content" }}
          dataSource={data.items}
          columns={columns}
        />
      ) : null}
      {data ? <Pager next={data.next} shown={data.items.length} /> : null}
    </Panel>
  );
}
