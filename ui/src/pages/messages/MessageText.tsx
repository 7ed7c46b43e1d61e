import { useTranslation } from "react-i18next";
import type { Message } from "@/api/messages";

/** What was sent, and what was answered. */
export function MessageText({ message }: { message: Message }) {
  const { t } = useTranslation();
  return (
    <div style={{ maxWidth: 420, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
      {message.text || <span className="quiet">{message.detail || "–"}</span>}
      {message.segments > 1 ? (
        <span className="quiet"> {t("messages.segments", { count: message.segments })}</span>
      ) : null}
      {message.replies.map(({ at, text, opted_out }) => (
        <div key={at} className="quiet">
          ↩ {text} {opted_out ? t("messages.optedOut") : null}
        </div>
      ))}
    </div>
  );
}
