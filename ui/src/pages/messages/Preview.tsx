import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type MessageKind, messageQueries } from "@/api/messages";
import { useFaultWords } from "@/parts/fault-words";

/** A text as it would be sent, and how many short messages carry it. */
export function Preview({ kind, text }: { kind: MessageKind; text: string }) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { data, error } = useQuery(messageQueries.preview(kind, text));
  if (text.trim() === "") return null;
  if (error) return <p role="status">{faultWords(error)}</p>;
  if (!data) return null;
  return (
    <div role="status" style={{ marginBlockEnd: 16 }}>
      <strong>{t("messages.asSent")}</strong>
      <div style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{data.text}</div>
      <span className="quiet">
        {t("messages.segments", { count: data.segments })} · {t(`alphabet.${data.alphabet}`)} · {data.units}
      </span>
    </div>
  );
}
