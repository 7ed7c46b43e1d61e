import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  SyncOutlined,
} from "@ant-design/icons";
import { Tag } from "antd";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Push, PushState } from "@/api/chats";
import { Time } from "./Time";

const LOOKS: Record<PushState, { icon: ReactNode; color: string }> = {
  waiting: { icon: <ClockCircleOutlined />, color: "processing" },
  sending: { icon: <SyncOutlined spin />, color: "processing" },
  delivered: { icon: <CheckCircleOutlined />, color: "success" },
  failed: { icon: <CloseCircleOutlined />, color: "error" },
};

const FAILURES = [
  "refused",
  "unanswered",
  "no_chat",
  "not_theirs",
  "unreadable",
  "unusable",
  "refused_address",
  "name",
  "connection",
  "encryption",
  "timeout",
  "protocol",
  "left",
  "not_following",
  "unknown_reader",
  "quota",
  "template",
  "places",
  "credentials",
  "not_from_here",
  "not_permitted",
  "busy",
  "no_account",
  "no_title",
  "unready",
] as const;

/** How far a push is, why it did not get there, and what the other side said. */
export function PushLabel({ push }: { push: Push }) {
  const { t } = useTranslation();
  const { icon, color } = LOOKS[push.state];
  const failure = FAILURES.find((code) => code === push.failure);
  const again = push.state === "waiting" && push.tried_at !== null;
  return (
    <div>
      <Tag icon={icon} color={color} style={{ marginInlineEnd: 8 }}>
        {t(`pushState.${push.state}`)}
      </Tag>
      {push.failure ? (
        <span className="quiet">{failure ? t(`pushFailure.${failure}`) : push.failure}</span>
      ) : null}
      {push.answer ? (
        <div className="quiet" style={{ overflowWrap: "anywhere", whiteSpace: "normal", maxWidth: "60ch" }}>
          {t("push.answered", { answer: push.answer })}
        </div>
      ) : null}
      {again ? (
        <div className="quiet">
          <Trans i18nKey="webhook.nextTry" components={{ at: <Time at={push.next_at} /> }} />
        </div>
      ) : null}
    </div>
  );
}
