import { CaretRightOutlined, DownloadOutlined, PauseOutlined, ThunderboltOutlined } from "@ant-design/icons";
import { Alert, Button, Select, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Call, ScriptLabels } from "@/api/model";
import { Panel } from "@/parts/Panel";
import { clockLength } from "@/parts/times";
import { intentLabel } from "./labels";
import { type Mark, marksOf } from "./marks";
import styles from "./Recording.module.css";
import type { Player } from "./usePlayer";

const SPEEDS = [0.75, 1, 1.25, 1.5, 2] as const;

interface Sound {
  url: string;
  /** What a download is called. */
  name: string;
}

function Controls({ sound, player }: { sound: Sound; player: Player }) {
  const { t } = useTranslation();
  return (
    <div className={styles.controls}>
      <Button
        type="primary"
        shape="circle"
        icon={player.playing ? <PauseOutlined /> : <CaretRightOutlined />}
        disabled={!player.ready}
        aria-label={t(player.playing ? "player.pause" : "player.play")}
        onClick={player.toggle}
      />
      <span className="number unbroken" role="timer" aria-label={t("player.position")}>
        {clockLength(player.atMs)} / {clockLength(player.durationMs)}
      </span>
      <Select
        value={player.speed}
        aria-label={t("player.speed")}
        popupMatchSelectWidth={false}
        options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
        onChange={player.setSpeed}
      />
      <span className={`quiet ${styles.keys}`}>{t("player.keys")}</span>
      <Tooltip title={t("player.download")}>
        <Button
          type="text"
          icon={<DownloadOutlined />}
          href={sound.url}
          download={`${sound.name}.wav`}
          aria-label={t("player.download")}
        />
      </Tooltip>
    </div>
  );
}

function MarkButton({ mark, labels, player }: { mark: Mark; labels: ScriptLabels; player: Player }) {
  const { t } = useTranslation();
  const words =
    mark.kind === "barge_in"
      ? t("event.barge_in")
      : t("call.intentMark", { intent: intentLabel(labels, mark.intent) });
  const title = `${clockLength(mark.at_ms)} · ${words}`;
  return (
    <Tooltip title={title}>
      <button
        type="button"
        className={mark.kind === "barge_in" ? styles.bargeIn : styles.intent}
        style={{ insetInlineStart: `${(mark.at_ms / player.durationMs) * 100}%` }}
        aria-label={title}
        onClick={() => player.seek(mark.at_ms)}
      >
        {mark.kind === "barge_in" ? <ThunderboltOutlined /> : null}
      </button>
    </Tooltip>
  );
}

interface Props {
  call: Pick<Call, "transcript" | "events" | "labels">;
  sound: Sound;
  player: Player;
  /** Who is at the other end. */
  customer: string;
}

/** The recording as two lanes with its marks; click or drag anywhere to go there. */
export function Recording({ call, sound, player, customer }: Props) {
  const { t } = useTranslation();
  return (
    <Panel className={styles.recording}>
      {player.failed ? (
        <Alert type="warning" showIcon title={t("player.failed")} description={t("player.failedHint")} />
      ) : null}
      <div className={styles.stage} hidden={player.failed}>
        <div className={styles.lanes} aria-hidden>
          <span>{customer}</span>
          <span>{t("call.lane.us")}</span>
        </div>
        <div className={styles.track}>
          <div className={styles.marks}>
            {player.ready
              ? marksOf(call).map((mark) => (
                  <MarkButton
                    key={`${mark.kind}-${mark.at_ms}`}
                    mark={mark}
                    labels={call.labels}
                    player={player}
                  />
                ))
              : null}
          </div>
          <div className={styles.waves}>
            {player.ready ? null : (
              <div className={styles.waiting} role="status" aria-label={t("state.loading")} />
            )}
            <div ref={player.place} />
          </div>
        </div>
      </div>
      <Controls sound={sound} player={player} />
    </Panel>
  );
}
