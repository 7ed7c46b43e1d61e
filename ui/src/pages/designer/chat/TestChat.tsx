import {
  DeleteOutlined,
  EditOutlined,
  FieldTimeOutlined,
  ReloadOutlined,
  RollbackOutlined,
  SendOutlined,
} from "@ant-design/icons";
import { Alert, Button, Dropdown, Input, type InputRef, Tooltip } from "antd";
import { Fragment, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatEvent, ChatStep } from "@/api/model";
import { asProblem } from "@/api/problem";
import { ProblemNote } from "@/parts/ProblemPage";
import { ChatResult } from "../../scripting/ChatResult";
import { useDesk } from "../state/DesignContext";
import { meaningLabel, partLabels } from "../words/condition-words";
import styles from "./chat.module.css";
import { chipsFor } from "./chips";
import { TestValues } from "./TestValues";
import type { TestChat as Conversation } from "./useChat";

const KEYS = [..."1234567890*#"];

const share = (score: number): string => `${Math.round(score * 100)} %`;

/** What the words were taken for, with what they nearly were. */
function Meant({ heard }: { heard: NonNullable<ChatStep["heard"]> }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const { meant, likely } = heard;
  const others = likely.filter(({ intent }) => intent !== meant?.intent).slice(0, 2);
  const nearly = others
    .map(({ intent, score }) => `${meaningLabel(content, intent)} ${share(score)}`)
    .join(" · ");
  return (
    <Tooltip title={nearly ? t("designer.chat.nearly", { nearly }) : null}>
      <span className={styles.meta}>
        {meant
          ? `${meaningLabel(content, meant.intent)} · ${share(meant.score)}`
          : t("designer.chat.notUnderstood")}
      </span>
    </Tooltip>
  );
}

interface StepProps {
  step: ChatStep;
  onEdit: () => void;
}

/** What the customer did; nothing for the beginning of the call. */
function Customer({ step, onEdit }: StepProps) {
  const { t } = useTranslation();
  const { heard, key, silence } = step;
  if (!heard && !key && !silence) return null;
  const words = silence
    ? t("designer.chat.silent")
    : key
      ? t("designer.way.key", { key })
      : (heard?.text ?? "");
  return (
    <li className={styles.customer}>
      <p className={styles.bubble}>{words}</p>
      <span className={styles.tools}>
        {heard ? <Meant heard={heard} /> : null}
        <Button
          size="small"
          type="text"
          icon={<EditOutlined />}
          aria-label={t("designer.chat.edit", { text: words })}
          onClick={onEdit}
        />
      </span>
    </li>
  );
}

function Us({ step }: { step: ChatStep }) {
  const { dispatch } = useDesk();
  const { said, entered, node } = step;
  if (said.length === 0) return null;
  const places = entered.length > 0 ? entered : [node];
  return (
    <li className={styles.us}>
      {said.map(({ text }) => (
        <p key={text} className={styles.bubble}>
          {text}
        </p>
      ))}
      <span>
        {places.map((name) => (
          <button
            key={name}
            type="button"
            className={styles.node}
            onClick={() => dispatch({ type: "goto", name })}
          >
            {name}
          </button>
        ))}
      </span>
    </li>
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
  const node = chat?.node;
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

/** Why nothing is played; a script with faults is open already, so they are a press away. */
function NotTried({ problem }: { problem: unknown }) {
  const { t } = useTranslation();
  const { dispatch } = useDesk();
  if (asProblem(problem).code !== "script-invalid") return <ProblemNote error={problem} />;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("designer.chat.faulty")}
      action={
        <Button size="small" onClick={() => dispatch({ type: "tab", tab: "faults" })}>
          {t("designer.chat.seeFaults")}
        </Button>
      }
    />
  );
}

/** Talking with the script as it stands on the screen; what was said is said again whenever it changes. */
export function TestChat({ talk }: { talk: Conversation }) {
  const { t } = useTranslation();
  const { content, dispatch } = useDesk();
  const [editing, setEditing] = useState<number | null>(null);
  const { chat, problem } = talk;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    dispatch({ type: "path", path: chat?.steps.flatMap(({ entered }) => entered) ?? [] });
    if (chat) dispatch({ type: "look", name: chat.node });
    end.current?.scrollIntoView({ block: "nearest" });
  }, [chat, dispatch]);
  useEffect(() => () => dispatch({ type: "path", path: [] }), [dispatch]);
  return (
    <div className={styles.chat}>
      <TestValues typed={talk.typed} onType={talk.setTyped} />
      <ul className={styles.turns} aria-live="polite" aria-label={t("designer.chat.turns")}>
        {(chat?.steps ?? []).map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place in the conversation
          <Fragment key={index}>
            <Customer step={step} onEdit={() => setEditing(index - 1)} />
            <Us step={step} />
          </Fragment>
        ))}
      </ul>
      {problem ? <NotTried problem={problem} /> : null}
      {chat ? (
        <ChatResult chat={chat} grades={Object.keys(content.grades.names)} labels={partLabels(content)} />
      ) : null}
      <div ref={end} className={styles.end} />
      <Composer talk={talk} editing={editing} onDone={() => setEditing(null)} />
    </div>
  );
}
