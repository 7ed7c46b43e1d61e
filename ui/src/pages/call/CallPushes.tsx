import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { chatQueries } from "@/api/chats";
import { Panel } from "@/parts/Panel";
import { PushLabel } from "@/parts/PushLabel";
import { SendAgain } from "@/parts/SendAgain";
import { Time } from "@/parts/Time";

/** Who was told of a call in their chats; nothing where nobody was. */
export function CallPushes({ callId }: { callId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(chatQueries.ofCall(callId));
  if (!data || data.length === 0) return null;
  return (
    <Panel title={t("push.ofCall")}>
      {data.map((push) => (
        <div key={push.id} style={{ marginBlockEnd: 12 }}>
          <strong>{push.person.name}</strong>
          {push.chat_name ? <span className="quiet"> · {push.chat_name}</span> : null}
          <span className="quiet">
            {" "}
            · <Time past at={push.tried_at ?? push.created_at} />
          </span>
          <PushLabel push={push} />
          <SendAgain push={push} />
        </div>
      ))}
    </Panel>
  );
}
