import { Collapse, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { CallEvent, ScriptLabels } from "@/api/model";
import { clockLength } from "@/parts/times";
import { intentLabel, variableLabel } from "./labels";

const KNOWN = [
  "ringing",
  "early_media",
  "answered",
  "dtmf",
  "held",
  "resumed",
  "held_for_seat",
  "seat_given",
  "lost",
  "transfer",
  "barge_in",
  "paused",
  "taken_back",
  "noise",
  "stayed_silent",
  "recording_lost",
  "recording_unreadable",
  "collected",
  "intent",
  "not_understood",
  "held_back",
  "tool_used",
  "speech_error",
  "error",
  "hang_up",
  "ended",
  "entered",
] as const;

function details(data: CallEvent["data"], labels: ScriptLabels): string {
  const shown = (name: string, value: unknown): string => {
    if (name === "intent" || (name === "nearest" && value)) return intentLabel(labels, String(value));
    return name === "variable" ? variableLabel(labels, String(value)) : String(value);
  };
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${shown(name, value)}`)
    .join(" · ");
}

/** Before the answer the clock runs backwards to it. */
const moment = (ms: number): string => (ms < 0 ? `−${clockLength(-ms)}` : clockLength(ms));

/** Everything that happened, for whoever wants to know exactly. */
export function Events({ events, labels }: { events: readonly CallEvent[]; labels: ScriptLabels }) {
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
        {
          title: t("call.eventData"),
          dataIndex: "data",
          render: (data: CallEvent["data"]) => details(data, labels),
        },
      ]}
    />
  );
  return (
    <Collapse
      items={[{ key: "events", label: t("call.eventCount", { count: events.length }), children: table }]}
    />
  );
}
