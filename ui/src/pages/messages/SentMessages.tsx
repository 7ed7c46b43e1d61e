import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { MESSAGE_STATES, type Message, messageQueries } from "@/api/messages";
import { EmptyState } from "@/parts/EmptyState";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { useList } from "@/parts/lists/useList";
import { MessageLabel } from "@/parts/MessageLabel";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { groupedPhone } from "@/parts/phone";
import { StateSelect } from "@/parts/StateSelect";
import { Time } from "@/parts/Time";
import { useAddressChoice } from "@/parts/useAddressFilter";
import { MessageText } from "./MessageText";

function Whom({ message }: { message: Message }) {
  return (
    <div>
      <Link to={`/calls/${message.call_id}`}>{message.customer.name || groupedPhone(message.recipient)}</Link>
      <div className="quiet">
        <Link to={`/tasks/${message.task.id}`}>{message.task.name}</Link>
      </div>
    </div>
  );
}

function useColumns(): ListColumn<Message>[] {
  const { t } = useTranslation();
  return [
    { title: t("messages.whom"), key: "whom", render: (_, message) => <Whom message={message} /> },
    {
      title: t("messages.state"),
      key: "state",
      render: (_, message) => (
        <>
          <MessageLabel message={message} />
          <span className="phone-only quiet">
            <Time past at={message.created_at} />
          </span>
        </>
      ),
    },
    {
      title: t("messages.text"),
      key: "text",
      responsive: ["md"],
      render: (_, message) => <MessageText message={message} />,
    },
    {
      title: t("money.when"),
      key: "when",
      responsive: ["md"],
      render: (_, message) => <Time past at={message.created_at} />,
    },
  ];
}

/** Every message to customers, the newest first. */
export function SentMessages() {
  const { t } = useTranslation();
  const after = useCursor();
  const [state, setState] = useAddressChoice("state", MESSAGE_STATES);
  const list = useList("messages", useColumns());
  const query = useQuery(messageQueries.sent({ state, after, limit: PAGE_SIZE }));
  return (
    <Panel padded={false}>
      <Filters label={t("filter.name")}>
        <StateSelect
          label={t("messages.state")}
          any={t("messages.anyState")}
          states={MESSAGE_STATES}
          name={(value) => t(`messageState.${value}`)}
          value={state}
          onChange={setState}
        />
        <ListTools list={list} />
      </Filters>
      <ListTable
        label={t("messages.sent")}
        query={query}
        list={list}
        empty={
          state ? (
            <EmptyState title={t("messages.noneFound")} hint={t("filter.noneHint")} />
          ) : (
            <EmptyState title={t("messages.none")} hint={t("messages.noneHint")} />
          )
        }
      />
    </Panel>
  );
}
