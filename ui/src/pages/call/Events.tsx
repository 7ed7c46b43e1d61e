import { Collapse, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { CallEvent } from "@/api/model";
import { clockLength } from "@/parts/times";

const KNOWN = [
  "ringing",
  "early_media",
  "answered",
  "dtmf",
  "held",
  "resumed",
  "transfer",
  "barge_in",
  "paused",
  "taken_back",
  "noise",
  "stayed_silent",
  "collected",
  "intent",
  "speech_error",
  "error",
  "hang_up",
  "ended",
  "entered",
] as const;

const details = (data: CallEvent["data"]): string =>
  Object.entries(data)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(" · ");

/** Before the answer the clock runs backwards to it. */
const moment = (ms: number): string => (ms < 0 ? `−${clockLength(-ms)}` : clockLength(ms));

/** Everything that happened, for whoever wants to know exactly. */
export function Events({ events }: { events: readonly CallEvent[] }) {
  const { t } = useTranslation();
  const kindWords = (kind: string) => {
    const known = KNOWN.find((one) => one === kind);
    return known ? t(`event.${known}`) : kind.replaceAll("_", " ");
  };
  const table = (
    <Table<CallEvent>
      aria-label={t("call.events")}
      rowKey="number"
      size="small"
      pagination={false}
      scroll={{ x: "max-content", y: 360 }}
      dataSource={[...events]}
      columns={[
        {
          title: t("call.eventAt"),
          dataIndex: "at_ms",
          width: 90,
          render: (ms: number) => <span className="number">{moment(ms)}</span>,
        },
        { title: t("call.eventKind"), dataIndex: "kind", width: 200, render: kindWords },
        { title: t("call.eventData"), dataIndex: "data", render: details },
      ]}
    />
  );
  return (
    <Collapse
      items={[{ key: "events", label: t("call.eventCount", { count: events.length }), children: table }]}
    />
  );
}
