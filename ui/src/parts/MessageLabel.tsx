import { Space, Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Message, MessageState, TemplateState } from "@/api/messages";
import { SendsNothingMark } from "./SendsNothing";

const COLOURS: Record<MessageState, string | undefined> = {
  queued: undefined,
  held: "warning",
  sending: "processing",
  sent: "processing",
  delivered: "success",
  failed: "error",
  unsent: "warning",
};
const TEMPLATE_COLOURS: Record<TemplateState, string | undefined> = {
  draft: undefined,
  submitted: "processing",
  approved: "success",
  rejected: "error",
};
const KNOWN = [
  "hours",
  "unknown_hours",
  "do_not_call",
  "opted_out",
  "consent_withdrawn",
  "no_consent",
  "value_missing",
  "too_long",
  "no_channel",
  "no_credit",
  "too_late",
  "unanswered",
  "undeliverable",
  "network_refused",
  "network_busy",
  "not_connected",
  "not_trusted",
  "not_encrypted",
  "bind_refused",
  "partly_sent",
] as const;

interface Props {
  message: Pick<Message, "state" | "why" | "detail" | "sends_nothing">;
}

/** How far a message is, with why it is held or failed. */
export function MessageLabel({ message }: Props) {
  const { t } = useTranslation();
  const why = KNOWN.find((code) => code === message.why);
  return (
    <Space size={4} wrap>
      <Tag color={COLOURS[message.state]}>{t(`messageState.${message.state}`)}</Tag>
      {message.sends_nothing && message.state !== "unsent" ? <SendsNothingMark /> : null}
      {why ? (
        <Tooltip title={message.detail}>
          <span className="quiet">{t(`messageWhy.${why}`)}</span>
        </Tooltip>
      ) : null}
    </Space>
  );
}

export function TemplateStateLabel({ state }: { state: TemplateState }) {
  const { t } = useTranslation();
  return <Tag color={TEMPLATE_COLOURS[state]}>{t(`templateState.${state}`)}</Tag>;
}
