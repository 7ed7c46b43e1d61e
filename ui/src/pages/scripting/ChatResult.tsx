import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Chat } from "@/api/model";
import conversation from "@/parts/conversation.module.css";
import { useEndingWords } from "@/parts/ending-words";
import { type PartLabels, useEvidenceWords } from "@/parts/evidence-words";
import { Grade } from "@/parts/Grade";
import styles from "../designer/chat/chat.module.css";

interface Props {
  chat: Pick<Chat, "collected" | "ended" | "grade">;
  /** Every grade that the script gives, the best first. */
  grades: readonly string[];
  labels?: PartLabels;
}

/** What came of a conversation in writing: what was collected; once it is over, why, and its grade. */
export function ChatResult({ chat, grades, labels }: Props) {
  const { t } = useTranslation();
  const words = useEvidenceWords(labels);
  const ending = useEndingWords();
  const values = Object.entries(chat.collected);
  return (
    <div className={styles.result} role="status">
      {values.length > 0 ? (
        <div>
          {values.map(([name, value]) => (
            <Tag key={name}>
              {name}: {value}
            </Tag>
          ))}
        </div>
      ) : null}
      {chat.ended ? <strong>{t("designer.chat.ended", { reason: ending(chat.ended) })}</strong> : null}
      {chat.ended ? (
        <div className={conversation.grade}>
          <Grade grade={chat.grade.name} grades={grades} />
          <div>
            {chat.grade.label}
            <ul>
              {chat.grade.reasons.map((reason) => (
                <li key={`${reason.rule}/${reason.quote}`}>
                  {words(reason)}{" "}
                  {reason.quote ? (
                    <span className="quiet">{t("call.quote", { quote: reason.quote })}</span>
                  ) : null}
                </li>
              ))}
            </ul>
          </div>
        </div>
      ) : null}
    </div>
  );
}
