import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { messageQueries } from "@/api/messages";
import { MessageText } from "@/pages/messages/MessageText";
import { MessageLabel } from "@/parts/MessageLabel";
import { Panel } from "@/parts/Panel";
import { Time } from "@/parts/Time";

/** The messages that a call led to; nothing where there are none. */
export function CallMessages({ callId }: { callId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(messageQueries.ofCall(callId));
  if (!data || data.length === 0) return null;
  return (
    <Panel title={t("messages.ofCall")}>
      {data.map((message) => (
        <div key={message.id}>
          <MessageLabel message={message} /> <Time past at={message.sent_at ?? message.created_at} />
          <MessageText message={message} />
        </div>
      ))}
    </Panel>
  );
}
