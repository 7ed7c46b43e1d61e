import { CheckCircleOutlined, ClockCircleOutlined, StopOutlined } from "@ant-design/icons";
import { Table } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { AiSeats } from "@/api/model";
import { EmptyState } from "@/parts/EmptyState";
import { count } from "@/parts/numbers";
import { Panel } from "@/parts/Panel";
import { Time } from "@/parts/Time";
import { useLocale } from "@/parts/useLocale";
import styles from "./AiSeatsPage.module.css";

type Pack = AiSeats["packs"][number];
type TaskSeats = AiSeats["tasks"][number];

const SOON_DAYS = 14;
const ICONS: Record<Pack["state"], ReactNode> = {
  waiting: <ClockCircleOutlined style={{ color: "var(--state-neutral)" }} />,
  open: <CheckCircleOutlined style={{ color: "var(--state-connected)" }} />,
  expired: <StopOutlined style={{ color: "var(--state-neutral)" }} />,
};

function Numbers({ seats }: { seats: AiSeats }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <Panel>
      <p className={styles.sentence}>
        {t("seats.sentence", { total: count(seats.total, locale), count: seats.in_use })}{" "}
        <span className="quiet">
          {t("seats.reservedNow", { count: seats.reserved })} {t("seats.free", { count: seats.free })}
        </span>
      </p>
      <meter
        className={styles.meter}
        aria-label={t("seats.reserved")}
        min={0}
        max={Math.max(seats.total, 1)}
        value={seats.reserved}
      />
    </Panel>
  );
}

function ByTask({ tasks }: { tasks: readonly TaskSeats[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (tasks.length === 0) return null;
  const number = (value: number) => <span className="number">{count(value, locale)}</span>;
  return (
    <Panel padded={false}>
      <Table<TaskSeats>
        aria-label={t("seats.byTask")}
        rowKey={({ task }) => task.id}
        size="middle"
        pagination={false}
        dataSource={[...tasks]}
        columns={[
          {
            title: t("call.task"),
            key: "task",
            render: (_, { task }) => <Link to={`/tasks/${task.id}`}>{task.name}</Link>,
          },
          { title: t("seats.reserved"), dataIndex: "reserved", align: "right", render: number },
          { title: t("seats.busy"), dataIndex: "busy", align: "right", render: number },
        ]}
      />
    </Panel>
  );
}

function PackState({ pack }: { pack: Pack }) {
  const { t } = useTranslation();
  const soon = pack.state === "open" && pack.days_left !== null && pack.days_left <= SOON_DAYS;
  return (
    <span style={soon ? { color: "var(--state-lost)" } : undefined}>
      {soon ? <ClockCircleOutlined /> : ICONS[pack.state]}{" "}
      {pack.state === "open" && pack.days_left !== null
        ? t("seats.expiresIn", { count: pack.days_left })
        : t(`packState.${pack.state}`)}
    </span>
  );
}

function Packs({ packs }: { packs: readonly Pack[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (packs.length === 0) return <EmptyState title={t("seats.none")} hint={t("seats.noneHint")} />;
  return (
    <Table<Pack>
      aria-label={t("seats.packs")}
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={[...packs]}
      columns={[
        {
          title: t("seats.number"),
          dataIndex: "seats",
          render: (value: number) => <span className="number">{count(value, locale)}</span>,
        },
        { title: t("seats.state"), key: "state", render: (_, pack) => <PackState pack={pack} /> },
        { title: t("seats.opened"), dataIndex: "opens_at", render: (at: string) => <Time at={at} /> },
        {
          title: t("seats.expires"),
          dataIndex: "expires_at",
          render: (at: string | null) => (at ? <Time at={at} /> : t("seats.never")),
        },
        {
          title: t("seats.daysUsed"),
          dataIndex: "days_used",
          align: "right",
          render: (value: number) => <span className="number">{count(value, locale)}</span>,
        },
      ]}
    />
  );
}

/** A company's AI seats: how many, by which tasks, in which packs. */
export function Seats({ seats }: { seats: AiSeats }) {
  return (
    <div className={styles.stack}>
      <Numbers seats={seats} />
      <ByTask tasks={seats.tasks} />
      <Panel padded={false}>
        <Packs packs={seats.packs} />
      </Panel>
    </div>
  );
}
