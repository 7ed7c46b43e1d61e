import { ThunderboltOutlined } from "@ant-design/icons";
import { Tag, Tooltip } from "antd";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ScriptLabels, Turn } from "@/api/model";
import { EmptyState } from "@/parts/EmptyState";
import { Panel } from "@/parts/Panel";
import { clockLength } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { intentLabel } from "./labels";
import styles from "./Transcript.module.css";

interface RowProps {
  turn: Turn;
  labels: ScriptLabels;
  current: boolean;
  customer: string;
  onSeek: ((ms: number) => void) | null;
}

function Words({ turn, labels }: { turn: Turn; labels: ScriptLabels }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const certainty =
    turn.score === null
      ? null
      : t("call.certainty", { value: turn.score.toLocaleString(locale, { style: "percent" }) });
  return (
    <>
      <span className={styles.text}>{turn.text || t("call.nothingUnderstood")}</span>
      {turn.intent || turn.interrupted ? (
        <span className={styles.tags}>
          {turn.intent ? (
            <Tooltip title={certainty}>
              <Tag>{intentLabel(labels, turn.intent)}</Tag>
            </Tooltip>
          ) : null}
          {turn.interrupted ? <Tag icon={<ThunderboltOutlined />}>{t("call.interruptedTurn")}</Tag> : null}
        </span>
      ) : null}
    </>
  );
}

const Row = memo(function Row({ turn, labels, current, customer, onSeek }: RowProps) {
  const { t } = useTranslation();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const list = item.current?.parentElement;
    if (!current || !item.current || !list) return;
    const wanted = item.current.offsetTop - list.offsetTop - list.clientHeight / 3;
    list.scrollTo({ top: wanted, behavior: "smooth" });
  }, [current]);
  const who = turn.who === "ai" ? t("call.lane.us") : customer;
  const body = (
    <>
      <span className={styles.who}>
        {who} <span className="quiet number">{clockLength(turn.from_ms)}</span>
      </span>
      <Words turn={turn} labels={labels} />
    </>
  );
  return (
    <li
      ref={item}
      className={turn.who === "ai" ? styles.us : styles.customer}
      aria-current={current ? "true" : undefined}
    >
      {onSeek ? (
        <button
          type="button"
          data-turn={turn.number}
          className={styles.bubble}
          onClick={() => onSeek(turn.from_ms)}
        >
          {body}
        </button>
      ) : (
        <div className={styles.bubble}>{body}</div>
      )}
    </li>
  );
});

interface Props {
  turns: readonly Turn[];
  labels: ScriptLabels;
  current: number;
  customer: string;
  onSeek: ((ms: number) => void) | null;
}

/** What was said, in step with the sound; a click goes to that moment. */
export function Transcript({ turns, labels, current, customer, onSeek }: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={t("call.transcript")}>
      {turns.length > 0 ? (
        <ol className={styles.turns} aria-label={t("call.transcript")}>
          {turns.map((turn, index) => (
            <Row
              key={turn.number}
              turn={turn}
              labels={labels}
              current={index === current}
              customer={customer}
              onSeek={onSeek}
            />
          ))}
        </ol>
      ) : (
        <EmptyState title={t("call.noWords")} hint={t("call.noWordsHint")} />
      )}
    </Panel>
  );
}
