import { ThunderboltOutlined } from "@ant-design/icons";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import conversation from "@/parts/conversation.module.css";
import { type PartLabels, useEvidenceWords } from "@/parts/evidence-words";
import { Grade } from "@/parts/Grade";
import { clockLength } from "@/parts/times";
import type { Graded, Said } from "./tried";
import styles from "./trying.module.css";

/** What was said so far; the latest is kept in view. */
export function Turns({ turns }: { turns: readonly Said[] }) {
  const { t } = useTranslation();
  const end = useRef<HTMLLIElement>(null);
  const count = turns.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: "nearest" });
  }, [count]);
  if (count === 0) return null;
  return (
    <ol className={conversation.turns} aria-live="polite" aria-label={t("call.transcript")}>
      {turns.map((turn, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn is known by its place in the conversation
          key={index}
          ref={index === count - 1 ? end : null}
          className={turn.who === "ai" ? conversation.us : conversation.customer}
        >
          <p className={conversation.bubble}>{turn.text || t("call.nothingUnderstood")}</p>
          <span className={conversation.meta}>
            <span className="number">{clockLength(turn.from_ms)}</span>
            {turn.meaning ? ` · ${turn.meaning}` : null}
            {turn.interrupted ? (
              <>
                {" · "}
                <ThunderboltOutlined /> {t("call.interruptedTurn")}
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ol>
  );
}

interface GradeGivenProps {
  given: Graded;
  grades: readonly string[];
  labels?: PartLabels;
}

/** The grade at the end, and why. */
export function GradeGiven({ given, grades, labels }: GradeGivenProps) {
  const { t } = useTranslation();
  const words = useEvidenceWords(labels);
  return (
    <div className={conversation.grade} role="status">
      <Grade grade={given.grade} grades={grades} large />
      <div>
        <strong>{given.label || t("grade.title", { grade: given.grade })}</strong>
        <ul>
          {given.reasons.map((reason) => (
            <li key={`${reason.rule}/${reason.quote}`}>
              {words(reason)}{" "}
              {reason.quote ? (
                <span className="quiet">{t("call.quote", { quote: reason.quote })}</span>
              ) : null}
            </li>
          ))}
        </ul>
        <p className={`quiet ${styles.note}`}>{t("trying.countsNowhere")}</p>
      </div>
    </div>
  );
}
