import { DeleteOutlined, EditOutlined } from "@ant-design/icons";
import { Alert, Button, Tooltip } from "antd";
import { Fragment, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatEvent, ChatStep } from "@/api/model";
import { asProblem } from "@/api/problem";
import conversation from "@/parts/conversation.module.css";
import { ProblemNote } from "@/parts/ProblemPage";
import { SupposedMessage } from "@/parts/SupposedMessage";
import { ChatResult } from "../../scripting/ChatResult";
import { Composer } from "../../scripting/Composer";
import { useDesk } from "../state/DesignContext";
import { meaningLabel, partLabels } from "../words/condition-words";
import styles from "./chat.module.css";
import { chipsFor } from "./chips";
import { TestValues } from "./TestValues";
import type { TestChat as Conversation } from "./useChat";

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
      <span className={conversation.meta}>
        {meant
          ? `${meaningLabel(content, meant.intent)} · ${share(meant.score)}`
          : t("designer.chat.notUnderstood")}
      </span>
    </Tooltip>
  );
}

/** What the customer said or did, in words; null for the beginning of the call. */
function useWords(): (step: ChatStep) => string | null {
  const { t } = useTranslation();
  return ({ heard, key, silence }) => {
    if (silence) return t("designer.chat.silent");
    return key ? t("designer.way.key", { key }) : (heard?.text ?? null);
  };
}

interface SaidProps {
  words: string;
  /** What came of it; nothing while that is awaited. */
  step: ChatStep | undefined;
  onEdit: () => void;
}

/** What the customer said or did. The words stay the same element, so that a screen reader tells them once. */
function Said({ words, step, onEdit }: SaidProps) {
  const { t } = useTranslation();
  return (
    <li className={conversation.customer}>
      <p className={conversation.bubble}>{words}</p>
      {step ? (
        <span className={styles.tools}>
          {step.heard ? <Meant heard={step.heard} /> : null}
          <Button
            size="small"
            type="text"
            icon={<EditOutlined />}
            aria-label={t("designer.chat.edit", { text: words })}
            onClick={onEdit}
          />
        </span>
      ) : null}
    </li>
  );
}

function Us({ step }: { step: ChatStep }) {
  const { dispatch } = useDesk();
  const { said, entered, node, messages } = step;
  if (said.length === 0 && messages.length === 0) return null;
  const places = entered.length > 0 ? entered : [node];
  return (
    <li className={conversation.us}>
      {messages.map((one) => (
        <SupposedMessage key={one.template} {...one} />
      ))}
      {said.map(({ text }) => (
        <p key={text} className={conversation.bubble}>
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

interface TurnsProps {
  steps: readonly ChatStep[];
  /** What the customer did to which the answer is awaited. */
  awaited: readonly ChatEvent[];
  onEdit: (event: number) => void;
}

/** The conversation: its beginning, then each thing that the customer did with what was answered. */
function Turns({ steps, awaited, onEdit }: TurnsProps) {
  const wordsOf = useWords();
  const said = [
    ...steps.map((step) => ({ step, words: wordsOf(step) })),
    ...awaited.map((event) => ({ step: undefined, words: "said" in event ? event.said : null })),
  ];
  return said.map(({ step, words }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a step is known by its place in the conversation
    <Fragment key={index}>
      {words === null ? null : <Said words={words} step={step} onEdit={() => onEdit(index - 1)} />}
      {step ? <Us step={step} /> : null}
    </Fragment>
  ));
}

interface NextProps {
  talk: Conversation;
  editing: number | null;
  onDone: () => void;
}

/** What the customer does next, or did instead at the turn that is edited. */
function Next({ talk, editing, onDone }: NextProps) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const { events, setEvents, chat } = talk;
  const isEdited = (_: ChatEvent, place: number) => place === editing;
  const over = chat?.ended !== null && chat !== null && editing === null;
  const change = (to: ChatEvent[]) => {
    setEvents(to);
    onDone();
  };
  const send = (event: ChatEvent) =>
    change(
      editing === null ? [...events, event] : events.map((one, at) => (isEdited(one, at) ? event : one)),
    );
  return (
    <Composer
      over={over}
      edited={events.find(isEdited)}
      begun={events.length > 0}
      onSend={send}
      onLeave={onDone}
      onBack={() => setEvents(events.slice(0, -1))}
      onRestart={() => change([])}
      suggestions={
        over ? null : (
          <div className={styles.chips}>
            {chipsFor(content, chat?.node).map(({ name, said }) => (
              <Tooltip key={name} title={said}>
                <button type="button" className={styles.chip} onClick={() => send({ said })}>
                  {meaningLabel(content, name)}
                </button>
              </Tooltip>
            ))}
          </div>
        )
      }
    >
      {editing === null ? null : (
        <Tooltip title={t("designer.chat.drop")}>
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("designer.chat.drop")}
            onClick={() => change(events.filter((one, at) => !isEdited(one, at)))}
          />
        </Tooltip>
      )}
    </Composer>
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
  const steps = chat?.steps ?? [];
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
      <ul className={conversation.turns} aria-live="polite" aria-label={t("designer.chat.turns")}>
        <Turns
          steps={steps}
          awaited={talk.busy ? talk.events.slice(Math.max(0, steps.length - 1)) : []}
          onEdit={setEditing}
        />
      </ul>
      {problem ? <NotTried problem={problem} /> : null}
      {chat ? (
        <ChatResult chat={chat} grades={Object.keys(content.grades.names)} labels={partLabels(content)} />
      ) : null}
      <div ref={end} className={styles.end} />
      <Next talk={talk} editing={editing} onDone={() => setEditing(null)} />
    </div>
  );
}
