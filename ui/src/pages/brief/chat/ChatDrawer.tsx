import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatEvent } from "@/api/model";
import { queries } from "@/api/queries";
import conversation from "@/parts/conversation.module.css";
import { focusFirst } from "@/parts/first-focus";
import { ProblemNote } from "@/parts/ProblemPage";
import chat from "../../designer/chat/chat.module.css";
import { TestValues } from "../../designer/chat/TestValues";
import { testValues } from "../../designer/chat/useChat";
import { written } from "../../designer/script/brief";
import { useDesk } from "../../designer/state/DesignContext";
import { meaningLabel, partLabels } from "../../designer/words/condition-words";
import { ChatResult } from "../../scripting/ChatResult";
import { Composer } from "../../scripting/Composer";
import { NoLanguageModel } from "../../scripting/NoLanguageModel";
import { Microphone } from "../../trying/Microphone";
import { RingPhone } from "../../trying/RingPhone";
import type { Tried } from "../../trying/tried";
import { AnswerLine } from "./Answer";
import { CrowdPanel } from "./CrowdPanel";
import styles from "./ModelChat.module.css";
import { type ModelChat, type ModelTurn, useModelChat } from "./useModelChat";

function Did({ event }: { event: ChatEvent }) {
  const { t } = useTranslation();
  const words =
    "said" in event
      ? event.said
      : "key" in event
        ? t("designer.way.key", { key: event.key })
        : t("silence" in event ? "designer.chat.silent" : "brief.chat.hungUp");
  return (
    <div className={conversation.customer}>
      <p className={conversation.bubble}>{words}</p>
    </div>
  );
}

function Turn({ turn }: { turn: ModelTurn }) {
  return (
    <li className={styles.answer}>
      {turn.event ? <Did event={turn.event} /> : null}
      {turn.lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place in the answer
        <AnswerLine key={place} line={line} />
      ))}
    </li>
  );
}

/** Whether the conversation can be had: the brief has no faults, a model is there, and this person may. */
function Begin({ onBegin }: { onBegin: () => void }) {
  const { t } = useTranslation();
  const { faults, checked, whyNot, dispatch } = useDesk();
  const { data } = useQuery(queries.features());
  return (
    <div className={styles.begin}>
      <p className="quiet">{t("brief.chat.about")}</p>
      {faults.length > 0 ? (
        <Alert
          type="info"
          showIcon
          title={t("brief.chat.faults", { count: faults.length })}
          action={
            <Button size="small" type="link" onClick={() => dispatch({ type: "tab", tab: "faults" })}>
              {t("designer.publish.show", { count: faults.length })}
            </Button>
          }
        />
      ) : null}
      {whyNot ? <p>{whyNot}</p> : null}
      <Button
        type="primary"
        data-first
        disabled={faults.length > 0 || !checked || whyNot !== null || !data?.language_model}
        onClick={onBegin}
      >
        {t("brief.chat.begin")}
      </Button>
    </div>
  );
}

function Conversation({ talk, now, onAnew }: { talk: ModelChat; now: string; onAnew: () => void }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const { turns, busy } = talk;
  const standing = turns.findLast((turn) => turn.standing)?.standing;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (turns) end.current?.scrollIntoView({ block: "nearest" });
  }, [turns]);
  return (
    <>
      <ul className={conversation.turns} aria-live="polite" aria-label={t("designer.chat.turns")}>
        {turns.map((turn, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a turn is known by its place in the conversation
          <Turn key={place} turn={turn} />
        ))}
      </ul>
      {busy ? (
        <p className={styles.spent}>
          {t("brief.chat.writing")}{" "}
          <Button size="small" type="link" onClick={talk.stop}>
            {t("brief.chat.stop")}
          </Button>
        </p>
      ) : null}
      {now === JSON.stringify(talk.brief) ? null : (
        <Alert
          type="info"
          title={t("brief.chat.changed")}
          action={
            <Button size="small" onClick={onAnew}>
              {t("brief.chat.anew")}
            </Button>
          }
        />
      )}
      {standing ? (
        <>
          <ChatResult
            chat={standing}
            grades={Object.keys(content.grades.names)}
            labels={partLabels(content)}
          />
          <p className={styles.spent}>
            {t("brief.chat.spent", {
              tokens: standing.tokens,
              mostTokens: standing.most_tokens,
              turns: standing.turns,
              mostTurns: standing.most_turns,
              seconds: Math.round(standing.talk_s),
              mostSeconds: standing.most_s,
            })}
          </p>
        </>
      ) : null}
      <div ref={end} className={chat.end} />
      <Composer
        over={turns.at(-1)?.standing?.ended != null}
        busy={busy}
        begun={turns.length > 0}
        hangsUp
        onSend={talk.send}
        onBack={talk.back}
        onRestart={talk.clear}
      />
    </>
  );
}

type Way = "write" | "talk" | "ring" | "crowd";

/** Trying what stands on the screen with the language model: in writing, by microphone, or on one's own phone. */
export function ChatDrawer() {
  const { t } = useTranslation();
  const { script, content, design, dispatch, faults, saver } = useDesk();
  const talk = useModelChat();
  const [way, setWay] = useState<Way>("write");
  const [typed, setTyped] = useState<Record<string, string>>({});
  const brief = written(content);
  const variables = testValues(content, typed);
  const begin = () => {
    talk.begin(brief, variables);
    focusFirst();
  };
  const tried: Tried = {
    scriptId: script.id,
    variables,
    faults: faults.length,
    grades: Object.keys(content.grades.names),
    labels: partLabels(content),
    settle: () => saver.settle(),
  };
  return (
    <Drawer
      open={design.tab === "test"}
      title={t("designer.tryIt")}
      size="min(480px, 100vw)"
      mask={false}
      afterOpenChange={(opened) => opened && focusFirst()}
      onClose={() => dispatch({ type: "tab", tab: "node" })}
    >
      <div className={chat.chat}>
        <NoLanguageModel />
        <Segmented<Way>
          block
          size="small"
          className={styles.ways}
          aria-label={t("trying.way")}
          value={way}
          options={[
            { value: "write", label: t("trying.write") },
            { value: "talk", label: t("trying.talkWay") },
            { value: "ring", label: t("trying.ringWay") },
            { value: "crowd", label: t("brief.crowd.way") },
          ]}
          onChange={setWay}
        />
        {way === "crowd" ? <CrowdPanel brief={brief} /> : <TestValues typed={typed} onType={setTyped} />}
        {way === "ring" ? <RingPhone tried={tried} /> : null}
        {/* Closing the drawer hangs up. */}
        {way === "talk" && design.tab === "test" ? (
          <Microphone tried={tried} label={(intent) => meaningLabel(content, intent)} />
        ) : null}
        {way === "write" && talk.turns.length > 0 ? (
          <Conversation talk={talk} now={JSON.stringify(brief)} onAnew={begin} />
        ) : null}
        {way === "write" && talk.turns.length === 0 ? <Begin onBegin={begin} /> : null}
        {way === "write" && talk.problem ? <ProblemNote error={talk.problem} /> : null}
      </div>
    </Drawer>
  );
}
