import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Popover, Space, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { messageQueries, messageRequests, type Submission } from "@/api/messages";
import { EmptyState } from "@/parts/EmptyState";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";

interface Decision {
  id: string;
  reason: string | null;
}

function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: Decision) =>
      reason === null ? messageRequests.approve(id) : messageRequests.reject(id, reason),
    onSettled: () => client.invalidateQueries({ queryKey: ["messages"] }),
  });
}

function Reject({ onReject }: { onReject: (reason: string) => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  return (
    <Popover
      trigger="click"
      title={t("channels.why")}
      content={
        <Space.Compact style={{ width: 320 }}>
          <Input
            value={reason}
            maxLength={500}
            aria-label={t("channels.why")}
            placeholder={t("channels.whyExample")}
            onChange={({ target }) => setReason(target.value)}
          />
          <Button danger disabled={reason.trim() === ""} onClick={() => onReject(reason)}>
            {t("channels.reject")}
          </Button>
        </Space.Compact>
      }
    >
      <Button>{t("channels.reject")}</Button>
    </Popover>
  );
}

/** Templates of all companies that wait for the operator, the longest first. */
export function Review() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(messageQueries.submissions());
  const decide = useDecide();
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <>
      <h2>{t("channels.review")}</h2>
      {decide.error ? <ProblemNote error={decide.error} /> : null}
      <Panel padded={data.length === 0}>
        {data.length === 0 ? (
          <EmptyState title={t("channels.noneWaits")} hint={t("channels.noneWaitsHint")} />
        ) : (
          <Table<Submission>
            aria-label={t("channels.review")}
            rowKey="id"
            size="middle"
            pagination={false}
            scroll={{ x: "max-content" }}
            dataSource={data}
            columns={[
              {
                title: t("company.name"),
                key: "company",
                render: (_, { tenant_name, submitted_at }) => (
                  <>
                    {tenant_name}
                    <div className="quiet">
                      <Time past at={submitted_at} />
                    </div>
                  </>
                ),
              },
              {
                title: t("messages.text"),
                key: "text",
                render: (_, { template_name, number, kind, text }) => (
                  <div style={{ maxWidth: 460, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                    <div className="quiet">
                      {template_name} · {t("messages.version", { number })} · {t(`messageKind.${kind}`)}
                    </div>
                    {text}
                  </div>
                ),
              },
              {
                title: "",
                key: "decide",
                render: (_, { id }) => (
                  <Space>
                    <Button
                      type="primary"
                      loading={decide.isPending}
                      onClick={() => decide.mutate({ id, reason: null })}
                    >
                      {t("channels.approve")}
                    </Button>
                    <Reject onReject={(reason) => decide.mutate({ id, reason })} />
                  </Space>
                ),
              },
            ]}
          />
        )}
      </Panel>
    </>
  );
}
