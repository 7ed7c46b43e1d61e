import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import type { AiSeats } from "@/api/model";
import { queries } from "@/api/queries";
import { useFallbackInterval, useLiveNews } from "@/app/LiveNews";
import { EmptyState } from "@/parts/EmptyState";
import { count } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { useLocale } from "@/parts/useLocale";
import styles from "./AiSeatsPage.module.css";

const REFRESH_MS = 10_000;

function Numbers({ seats }: { seats: AiSeats }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Panel>
      <p className={styles.sentence}>
        {t("seats.sentence", { total: count(seats.total, locale), count: seats.in_use })}{" "}
        <span className="quiet">{t("seats.free", { count: seats.free })}</span>
      </p>
      <meter
        className={styles.meter}
        aria-label={t("seats.inUse")}
        min={0}
        max={seats.total}
        value={seats.in_use}
      />
    </Panel>
  );
}

export function AiSeatsPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const live = useLiveNews().state === "open";
  const fallback = useFallbackInterval();
  const { data, error, refetch } = useQuery({
    ...queries.aiSeats(),
    refetchInterval: live ? REFRESH_MS : fallback,
  });
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <Page title={t("menu.aiSeats")} about={t("seats.about")}>
      <div className={styles.stack}>
        <Numbers seats={data} />
        <Panel padded={false}>
          {data.packs.length > 0 ? (
            <Table
              aria-label={t("seats.packs")}
              rowKey="id"
              size="middle"
              pagination={false}
              dataSource={data.packs}
              columns={[
                {
                  title: t("seats.number"),
                  dataIndex: "seats",
                  render: (value: number) => <span className="number">{count(value, locale)}</span>,
                },
                { title: t("seats.opened"), dataIndex: "opens_at", render: (at: string) => <Time at={at} /> },
                {
                  title: t("seats.expires"),
                  dataIndex: "expires_at",
                  render: (at: string | null) => (at ? <Time at={at} /> : t("seats.never")),
                },
              ]}
            />
          ) : (
            <EmptyState title={t("seats.none")} hint={t("seats.noneHint")} />
          )}
        </Panel>
      </div>
    </Page>
  );
}
