import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { type Delivery, webhookQueries, webhookRequests } from "@/api/webhooks";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { DeliveryState, useAnswerWords } from "./DeliveryState";
import { useKindWords } from "./useKindWords";
import styles from "./webhooks.module.css";

function Facts({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const answerWords = useAnswerWords();
  return (
    <Descriptions
      size="small"
      column={1}
      layout="vertical"
      items={[
        { key: "state", label: t("webhook.standing"), children: <DeliveryState delivery={delivery} /> },
        { key: "answer", label: t("webhook.answer"), children: answerWords(delivery) },
        ...(delivery.answer
          ? [
              {
                key: "said",
                label: t("webhook.said"),
                children: <pre className={styles.body}>{delivery.answer}</pre>,
              },
            ]
          : []),
        { key: "tries", label: t("webhook.tries"), children: delivery.tries },
        { key: "tried", label: t("webhook.triedAt"), children: <Time at={delivery.tried_at} /> },
        ...(delivery.took_ms === null
          ? []
          : [{ key: "took", label: t("webhook.took"), children: `${delivery.took_ms} ms` }]),
        { key: "id", label: "webhook-id", children: <code>{delivery.event_id}</code> },
        { key: "body", label: t("webhook.body"), children: <Body body={delivery.body} /> },
      ]}
    />
  );
}

const Body = ({ body }: { body: string }) => (
  <pre className={styles.body}>{JSON.stringify(JSON.parse(body), null, 2)}</pre>
);

function useReplay(webhookId: string, deliveryId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => webhookRequests.replay(webhookId, deliveryId),
    onSettled: () => client.invalidateQueries({ queryKey: webhookQueries.one(webhookId).queryKey }),
  });
}

/** Something that was sent: what it said, what came back, and sending it again. */
export function DeliveryDrawer() {
  const { t } = useTranslation();
  const { webhookId = "", deliveryId = "" } = useParams();
  const { data, error, refetch } = useQuery(webhookQueries.delivery(webhookId, deliveryId));
  const replay = useReplay(webhookId, deliveryId);
  const kindWords = useKindWords();
  return (
    <AddressDrawer
      title={data ? kindWords(data.kind) : t("state.loading")}
      back={`/webhooks/${webhookId}`}
      problem={replay.error}
      footer={
        data && data.state !== "waiting" ? (
          <Button data-sends loading={replay.isPending} onClick={() => replay.mutate()}>
            {t("webhook.replay")}
          </Button>
        ) : null
      }
    >
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data ? <Facts delivery={data} /> : null}
    </AddressDrawer>
  );
}
