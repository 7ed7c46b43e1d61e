import { Descriptions, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Call } from "@/api/model";
import { useNetworkWords } from "@/parts/calls/network-words";
import { letterOf } from "@/parts/letter";
import { Panel } from "@/parts/Panel";
import { Phone } from "@/parts/Phone";
import { PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { readableLabel } from "@/parts/readable";
import { Time } from "@/parts/Time";
import { clockLength } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import styles from "./CallPage.module.css";

/** The middle one of the reply times, in ms; null without any. */
function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

function useCallFacts(call: Call) {
  const { t } = useTranslation();
  const locale = useLocale();
  const network = useNetworkWords()(call.sip_code, call.sip_reason);
  const seconds = (ms: number | null) =>
    ms === null
      ? null
      : t("figure.seconds", {
          value: (ms / 1000).toLocaleString(locale, { maximumFractionDigits: 2 }),
        });
  return [
    {
      key: "state",
      label: t("call.phoneState"),
      children: <PhoneStateLabel state={call.phone_state} interrupted={call.interrupted} />,
    },
    { key: "network", label: t("call.network"), children: network || null },
    { key: "dialled", label: t("call.dialled"), children: <Time at={call.dialled_at} /> },
    { key: "rang", label: t("call.rang"), children: seconds(call.answered_after_ms) },
    { key: "talk", label: t("call.talk"), children: call.talk_ms > 0 ? clockLength(call.talk_ms) : null },
    {
      key: "hungUp",
      label: t("call.hungUpBy"),
      children: call.hung_up_by ? t(`hungUpBy.${call.hung_up_by}`) : null,
    },
    { key: "first", label: t("call.firstWord"), children: seconds(call.answer_to_audio_ms) },
    { key: "reply", label: t("call.reply"), children: seconds(median(call.reply_ms)) },
    {
      key: "line",
      label: t("task.line"),
      children: (
        <span>
          {call.line.name} · <Phone number={call.caller_number} />
        </span>
      ),
    },
    {
      key: "script",
      label: t("task.script"),
      children: (
        <Link to={`/scripts/${call.script.id}`}>
          {call.arm === null ? null : `${letterOf(call.arm)} · `}
          {call.script.name} · {t("script.version", { number: call.script.version })}
        </Link>
      ),
    },
    {
      key: "task",
      label: t("call.task"),
      children: <Link to={`/tasks/${call.task_id}`}>{call.task_name}</Link>,
    },
    {
      key: "callId",
      label: <span title={t("call.sipCallIdHint")}>{t("call.sipCallId")}</span>,
      children: call.sip_call_id ? (
        <Typography.Text copyable className={styles.callId}>
          {call.sip_call_id}
        </Typography.Text>
      ) : null,
    },
  ].filter(({ children }) => children !== null);
}

export function CallFacts({ call }: { call: Call }) {
  const { t } = useTranslation();
  return (
    <Panel title={t("call.facts")}>
      <Descriptions size="small" column={1} items={useCallFacts(call)} />
    </Panel>
  );
}

export function CustomerCard({ call }: { call: Call }) {
  const { t } = useTranslation();
  const collected = Object.entries(call.collected).map(([name, value]) => ({
    key: name,
    label: call.labels.variables[name] ?? readableLabel(name),
    children: value,
  }));
  return (
    <Panel title={t("call.customer")}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "name", label: t("customer.name"), children: call.customer.name || "–" },
          { key: "phone", label: t("customer.phone"), children: <Phone number={call.customer.phone} /> },
          ...collected,
        ]}
      />
    </Panel>
  );
}
