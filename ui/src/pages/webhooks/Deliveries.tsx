import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { type Delivery, type DeliveryState as State, webhookQueries } from "@/api/webhooks";
import { EmptyState } from "@/parts/EmptyState";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { useList } from "@/parts/lists/useList";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { Time } from "@/parts/Time";
import { useAddressChoice } from "@/parts/useAddressFilter";
import { DeliveryState, useAnswerWords } from "./DeliveryState";
import { useKindWords } from "./useKindWords";

const STATES: readonly State[] = ["waiting", "delivered", "failed"];

function useColumns(where: string): ListColumn<Delivery>[] {
  const { t } = useTranslation();
  const { search } = useLocation();
  const kindWords = useKindWords();
  const answerWords = useAnswerWords();
  return [
    {
      title: t("webhook.what"),
      key: "what",
      render: (_, { id, kind, created_at }) => (
        <>
          <Link to={{ pathname: `${where}/${id}`, search }}>{kindWords(kind)}</Link>
          <div className="quiet">
            <Time at={created_at} />
          </div>
        </>
      ),
    },
    {
      title: t("webhook.standing"),
      key: "state",
      render: (_, delivery) => <DeliveryState delivery={delivery} />,
    },
    {
      title: t("webhook.answer"),
      key: "answer",
      responsive: ["md"],
      render: (_, delivery) => answerWords(delivery),
    },
    {
      title: t("webhook.took"),
      key: "took",
      responsive: ["lg"],
      align: "right",
      render: (_, { took_ms }) => (took_ms === null ? "–" : `${took_ms} ms`),
    },
  ];
}

/** The log of what was sent to a webhook, the newest first. */
export function Deliveries({ webhookId }: { webhookId: string }) {
  const { t } = useTranslation();
  const [state, setState] = useAddressChoice("state", STATES);
  const { search } = useLocation();
  const where = `/webhooks/${webhookId}/deliveries`;
  const deliveries = useQuery(
    webhookQueries.deliveries(webhookId, { state, after: useCursor(), limit: PAGE_SIZE }),
  );
  const list = useList("deliveries", useColumns(where));
  return (
    <Panel title={t("webhook.log")} padded={false}>
      <Filters label={t("filter.name")}>
        <Select
          value={state ?? ""}
          aria-label={t("webhook.standing")}
          style={{ minWidth: 160 }}
          options={[
            { value: "", label: t("webhook.anyState") },
            ...STATES.map((value) => ({ value, label: t(`deliveryState.${value}`) })),
          ]}
          onChange={(value) => setState(STATES.find((one) => one === value))}
        />
        <ListTools list={list} />
      </Filters>
      <ListTable
        label={t("webhook.log")}
        query={deliveries}
        list={list}
        open={({ id }) => `${where}/${id}${search}`}
        empty={
          state ? (
            <EmptyState title={t("webhook.noneFound")} hint={t("filter.noneHint")} />
          ) : (
            <EmptyState title={t("webhook.nothingSent")} hint={t("webhook.nothingSentHint")} />
          )
        }
      />
    </Panel>
  );
}
