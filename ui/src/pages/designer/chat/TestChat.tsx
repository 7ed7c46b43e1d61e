import {
  DeleteOutlined,
  EditOutlined,
  FieldTimeOutlined,
  ReloadOutlined,
  RollbackOutlined,
  SendOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Input, type InputRef, Tag, Tooltip } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatEvent, ChatTurn } from "@/api/model";
import { Grade } from "@/parts/Grade";
import { ProblemNote } from "@/parts/ProblemPage";
import { useDesk } from "../state/DesignContext";
import { meaningLabel } from "../words/condition-words";
import styles from "./chat.module.css";
import { chipsFor } from "./chips";
import { TestValues } from "./TestValues";
import type { TestChat as Conversation } from "./useChat";

const KEYS = [..."1234567890*#"];

function Meant({ turn }: { turn: ChatTurn }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const [best, second] = turn.intents;
  if (!best) return <span className={styles.meta}>{t("designer.chat.notUnderstood")}</span>;
  const share = (score: number) => `${Math.round(score * 100)} %`;
  return (
    <Tooltip
      title={
        second
          ? t("designer.chat.second", {
              intent: meaningLabel(content, second.intent),
              share: share(second.score),
            })
          : null
      }
    >
      <span className={styles.meta}>
        {meaningLabel(content, best.intent)} · {share(best.score)}
      </span>
    </Tooltip>
  );
}

interface TurnProps {
  turn: ChatTurn;
  onEdit: (() => void) | null;
}

function TurnLine({ turn, onEdit }: TurnProps) {
  const { t } = useTranslation();
  const { dispatch } = useDesk();
  const { node } = turn;
  if (turn.who === "us")
    return (
      <li className={styles.us}>
        <p className={styles.bubble}>{turn.text}</p>
        {node ? (
          <button
            type="button"
            className={styles.node}
            onClick={() => dispatch({ type: "goto", name: node })}
          >
            {node}
          </button>
        ) : null}
      </li>
    );
  const words = turn.silence
    ? t("designer.chat.silent")
    : turn.key
      ? t("designer.way.key", { key: turn.key })
      : turn.text;
  return (
    <li className={styles.customer}>
      <p className={styles.bubble}>{words}</p>
      <span className={styles.tools}>
        {turn.silence || turn.key ? null : <Meant turn={turn} />}
        {onEdit ? (
          <Button
            size="small"
            type="text"
            icon={<EditOutlined />}
            aria-label={t("designer.chat.edit", { text: words })}
            onClick={onEdit}
          />
        ) : null}
      </span>
    </li>
  );
}

function Result({ talk }: { talk: Conversation }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const { chat } = talk;
  if (!chat) return null;
  const values = Object.entries(chat.values);
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
      {chat.ended ? <strong>{t("designer.chat.ended", { reason: chat.ended })}</strong> : null}
      {chat.grade && chat.ended ? (
        <div className={styles.grade}>
          <Grade grade={chat.grade.name} grades={Object.keys(content.grades.names)} />
          <ul>
            {chat.grade.reasons.map(({ rule, quote }) => (
              <li key={`${rule}/${quote}`}>
                {rule} {quote ? <span className="quiet">“{quote}”</span> : null}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

function Composer({
  talk,
  editing,
  onDone,
}: {
  talk: Conversation;
  editing: number | null;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const { events, setEvents, chat } = talk;
  const old = editing === null ? undefined : events[editing];
  const [text, setText] = useState("");
  const field = useRef<InputRef>(null);
  useEffect(() => {
    setText(old && "said" in old ? old.said : "");
    if (old) field.current?.focus();
  }, [old]);
  const send = (event: ChatEvent) => {
    setEvents(
      editing === null ? [...events, event] : events.map((one, place) => (place === editing ? event : one)),
    );
    setText("");
    onDone();
  };
  const over = chat?.ended !== null && chat !== null && editing === null;
  const node = chat?.path.at(-1);
  return (
    <div className={styles.composer}>
      {over ? null : (
        <div className={styles.chips}>
          {chipsFor(content, node).map(({ name, said }) => (
            <Tooltip key={name} title={said}>
              <button type="button" className={styles.chip} onClick={() => send({ said })}>
                {meaningLabel(content, name)}
              </button>
            </Tooltip>
          ))}
        </div>
      )}
      <div className={styles.line}>
        <Input
          ref={field}
          value={text}
          disabled={over}
          maxLength={400}
          placeholder={t(over ? "designer.chat.over" : "designer.chat.say")}
          aria-label={t("designer.chat.say")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={() => text.trim() && send({ said: text.trim() })}
          onKeyDown={(event) => {
            if (event.key === "Escape") onDone();
          }}
        />
        <Button
          type="primary"
          icon={<SendOutlined />}
          disabled={over || text.trim() === ""}
          aria-label={t("designer.chat.send")}
          onClick={() => send({ said: text.trim() })}
        />
      </div>
      <div className={styles.line}>
        <Dropdown
          trigger={["click"]}
          disabled={over}
          menu={{
            items: KEYS.map((key) => ({ key, label: t("designer.way.key", { key }) })),
            onClick: ({ key }) => send({ key }),
          }}
        >
          <Button size="small" disabled={over}>
            {t("designer.chat.key")}
          </Button>
        </Dropdown>
        <Button
          size="small"
          icon={<FieldTimeOutlined />}
          disabled={over}
          onClick={() => send({ silence: true })}
        >
          {t("designer.chat.silence")}
        </Button>
        <span style={{ flex: 1 }} />
        <Tooltip title={t("designer.chat.back")}>
          <Button
            size="small"
            type="text"
            icon={<RollbackOutlined />}
            disabled={events.length === 0}
            aria-label={t("designer.chat.back")}
            onClick={() => setEvents(events.slice(0, -1))}
          />
        </Tooltip>
        <Tooltip title={t("designer.chat.restart")}>
          <Button
            size="small"
            type="text"
            icon={<ReloadOutlined />}
            disabled={events.length === 0}
            aria-label={t("designer.chat.restart")}
            onClick={() => {
              setEvents([]);
              onDone();
            }}
          />
        </Tooltip>
        {editing === null ? null : (
          <Tooltip title={t("designer.chat.drop")}>
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("designer.chat.drop")}
              onClick={() => {
                setEvents(events.filter((_, place) => place !== editing));
                onDone();
              }}
            />
          </Tooltip>
        )}
      </div>
    </div>
  );
}

/** Talking with the script as it stands on the screen; what was said is said again whenever it changes. */
export function TestChat({ talk }: { talk: Conversation }) {
  const { t } = useTranslation();
  const { dispatch } = useDesk();
  const [editing, setEditing] = useState<number | null>(null);
  const { chat, problem } = talk;
  const end = useRef<HTMLDivElement>(null);
  const path = chat?.path;
  useEffect(() => {
    dispatch({ type: "path", path: path ?? [] });
    end.current?.scrollIntoView({ block: "nearest" });
  }, [path, dispatch]);
  useEffect(() => () => dispatch({ type: "path", path: [] }), [dispatch]);
  let customers = -1;
  return (
    <div className={styles.chat}>
      <TestValues talk={talk} />
      <ul className={styles.turns} aria-live="polite" aria-label={t("designer.chat.turns")}>
        {(chat?.turns ?? []).map((turn, index) => {
          if (turn.who === "customer") customers += 1;
          const place = customers;
          const onEdit = turn.who === "customer" ? () => setEditing(place) : null;
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn is known by its place in the conversation
          return <TurnLine key={index} turn={turn} onEdit={onEdit} />;
        })}
      </ul>
      {problem ? <ProblemNote error={problem} /> : null}
      <Result talk={talk} />
      <div ref={end} />
      <Composer talk={talk} editing={editing} onDone={() => setEditing(null)} />
    </div>
  );
}
