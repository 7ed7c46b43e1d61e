import { AudioOutlined, CheckCircleOutlined, LoadingOutlined, PhoneOutlined } from "@ant-design/icons";
import { Alert, Button, Dropdown } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "@/parts/ProblemPage";
import { clockLength } from "@/parts/times";
import { Faults, faultsOf } from "../scripts/Faults";
import { GradeGiven, Turns } from "./Conversation";
import type { ReachedStep } from "./talk-line";
import type { TalkFailure } from "./talk-state";
import type { Tried } from "./tried";
import styles from "./trying.module.css";
import { type TalkState, useTalk } from "./useTalk";

const KEYS = [..."1234567890*#"];

interface Props {
  tried: Tried;
  /** What people call a meaning, and going to a node, where the page can. */
  label: (intent: string) => string;
  onNode?: (name: string) => void;
  onPath?: (path: readonly string[]) => void;
  onLive?: (live: boolean) => void;
}

function Failure({ failure }: { failure: TalkFailure }) {
  const { t } = useTranslation();
  if (failure.kind === "refused") {
    const faults = faultsOf(failure.problem);
    if (faults.length > 0) return <Faults faults={faults} />;
    if (failure.problem.code === "no-talk-node" || failure.problem.code === "talks-full")
      return (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={t(`talk.${failure.problem.code === "talks-full" ? "full" : "noNode"}`)}
          description={t(`talk.${failure.problem.code === "talks-full" ? "fullRemedy" : "noNodeRemedy"}`)}
        />
      );
    return <ProblemNote error={failure.problem} />;
  }
  const reason = failure.kind === "sound" ? failure.why : failure.kind;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(`talkFailed.${reason}`)}
      description={t(`talkRemedy.${reason}`)}
    />
  );
}

/** How loud the person is: drawn without React, as it changes with every frame. */
function Level({ talk }: { talk: TalkState }) {
  const { t } = useTranslation();
  const bar = useRef<HTMLSpanElement>(null);
  const { onLevel } = talk;
  useEffect(
    () =>
      onLevel((level) => {
        if (bar.current) bar.current.style.width = `${Math.round(level * 100)}%`;
      }),
    [onLevel],
  );
  return (
    <div className={styles.level} role="img" aria-label={t("talk.level")}>
      <span ref={bar} style={{ width: 0 }} />
    </div>
  );
}

function Status({ talk }: { talk: TalkState }) {
  const { t } = useTranslation();
  const { stage, ended } = talk;
  if (stage === "idle" || stage === "failed") return null;
  const icons: Record<typeof stage, ReactNode> = {
    asking: <LoadingOutlined />,
    preparing: <LoadingOutlined />,
    talking: <AudioOutlined style={{ color: "var(--state-connected)" }} />,
    over: <CheckCircleOutlined style={{ color: "var(--state-connected)" }} />,
  };
  return (
    <div className={styles.status} role="status" aria-label={t("trying.state")}>
      {icons[stage]}
      <span>
        <strong>{t(`talkStage.${stage}`)}</strong>
        {ended ? (
          <span className="quiet">
            {t(`hungUpBy.${ended.by}`)} · {clockLength(ended.talk_ms)}
          </span>
        ) : null}
        {stage === "over" && !ended ? <span className="quiet">{t("talk.leftEarly")}</span> : null}
      </span>
      {stage === "talking" ? <Level talk={talk} /> : null}
    </div>
  );
}

function Path({ path, onNode }: { path: readonly ReachedStep[]; onNode?: (name: string) => void }) {
  const { t } = useTranslation();
  if (path.length === 0) return null;
  return (
    <nav className={styles.path} aria-label={t("call.path")}>
      {path.map(({ node, at_ms }, index) => (
        <span key={`${node}/${at_ms}`}>
          {index > 0 ? " → " : null}
          {onNode ? (
            <button type="button" onClick={() => onNode(node)}>
              {node}
            </button>
          ) : (
            node
          )}
        </span>
      ))}
    </nav>
  );
}

function Controls({ talk, tried }: { talk: TalkState; tried: Tried }) {
  const { t } = useTranslation();
  const { stage } = talk;
  if (stage === "preparing" || stage === "talking")
    return (
      <div className={styles.actions} data-first>
        <Button danger type="primary" icon={<PhoneOutlined rotate={225} />} onClick={talk.hangUp}>
          {t("talk.hangUp")}
        </Button>
        <Dropdown
          trigger={["click"]}
          disabled={stage !== "talking"}
          menu={{
            items: KEYS.map((key) => ({ key, label: t("designer.way.key", { key }) })),
            onClick: ({ key }) => talk.press(key),
          }}
        >
          <Button disabled={stage !== "talking"}>{t("designer.chat.key")}</Button>
        </Dropdown>
      </div>
    );
  return (
    <div className={styles.actions} data-first>
      <Button
        type="primary"
        icon={<AudioOutlined />}
        loading={stage === "asking"}
        disabled={tried.faults > 0}
        onClick={talk.start}
      >
        {t(stage === "idle" ? "talk.start" : "talk.again")}
      </Button>
      {tried.faults > 0 ? <span className="quiet">{t("trying.mendFirst")}</span> : null}
    </div>
  );
}

/** Talking with the script by microphone: it is heard and hears as in a call. */
export function Microphone({ tried, label, onNode, onPath, onLive }: Props) {
  const { t } = useTranslation();
  const talk = useTalk(tried);
  const { turns, path, ended, failure } = talk;
  const live = talk.stage === "talking";
  useEffect(() => {
    onLive?.(live);
    return () => onLive?.(false);
  }, [live, onLive]);
  useEffect(() => {
    onPath?.(path.map(({ node }) => node));
  }, [path, onPath]);
  useEffect(() => () => onPath?.([]), [onPath]);
  const said = turns.map((turn) => ({ ...turn, meaning: turn.intent ? label(turn.intent) : undefined }));
  return (
    <div className={styles.panel}>
      <p className="quiet" style={{ margin: 0 }}>
        {t("talk.about")}
      </p>
      <Controls talk={talk} tried={tried} />
      {failure ? <Failure failure={failure} /> : null}
      <Status talk={talk} />
      <Path path={path} onNode={onNode} />
      <Turns turns={said} />
      {ended?.grade ? (
        <GradeGiven
          given={{ ...ended.grade, grade: ended.grade.name }}
          grades={tried.grades}
          labels={tried.labels}
        />
      ) : null}
      {ended?.failed ? <Alert type="warning" showIcon title={t("talk.brokeOff")} /> : null}
    </div>
  );
}
