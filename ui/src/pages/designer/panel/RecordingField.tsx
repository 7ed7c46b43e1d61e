import {
  AudioOutlined,
  CaretRightOutlined,
  DeleteOutlined,
  PauseOutlined,
  UploadOutlined,
} from "@ant-design/icons";
import { App, Button, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { recordingOfScriptUrl, scriptRequests } from "@/api/script-requests";
import { useProblemWords } from "@/parts/problem-words";
import type { Content, Recording } from "../script/content";
import { freeName } from "../script/edit";
import { asWav } from "../script/wav";
import { useDesk } from "../state/DesignContext";
import styles from "./panel.module.css";
import { useMicrophone } from "./useMicrophone";
import { useSound } from "./useSound";

interface Props {
  /** What it is a recording of: the name of the node or the question. */
  of: string;
  audio: string | undefined;
  onChange: (content: Content, audio: string | undefined) => Content;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

function useKeeping({ of, onChange }: Props) {
  const { t } = useTranslation();
  const { script, edit } = useDesk();
  const { message } = App.useApp();
  const words = useProblemWords();
  const [busy, setBusy] = useState(false);
  const keep = async (sound: Blob, label: string) => {
    setBusy(true);
    try {
      const wav = await asWav(sound).catch(() => null);
      if (!wav) {
        message.error(t("designer.recording.unreadable"));
        return;
      }
      const kept = await scriptRequests.keepRecording(script.id, wav);
      edit((content) => {
        const name = freeName((one) => one in (content.recordings ?? {}), of);
        const recording = { sha256: kept.sha256, seconds: kept.seconds, label: label.slice(0, 120) };
        return onChange({ ...content, recordings: { ...content.recordings, [name]: recording } }, name);
      });
    } catch (error) {
      message.error(words(asProblem(error)).what);
    } finally {
      setBusy(false);
    }
  };
  return { busy, keep };
}

function Kept({ recording, onRemove }: { recording: Recording; onRemove: () => void }) {
  const { t } = useTranslation();
  const { script } = useDesk();
  const { state, play, stop } = useSound();
  const listen = () => play(() => Promise.resolve(recordingOfScriptUrl(script.id, recording.sha256)));
  return (
    <div className={styles.recording}>
      <Button
        size="small"
        shape="circle"
        icon={state === "still" ? <CaretRightOutlined /> : <PauseOutlined />}
        aria-label={t(state === "still" ? "designer.recording.play" : "designer.hear.stop")}
        onClick={() => (state === "still" ? void listen() : stop())}
      />
      <span className={styles.recordingName} title={recording.label}>
        {recording.label}
      </span>
      <span className="quiet number">
        {t("designer.recording.seconds", { seconds: recording.seconds.toFixed(1) })}
      </span>
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        aria-label={t("designer.recording.remove")}
        onClick={onRemove}
      />
    </div>
  );
}

/** Recorded speech for a text: uploaded, or spoken into the microphone here. */
export function RecordingField(props: Props) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const { busy, keep } = useKeeping(props);
  const microphone = useMicrophone(
    (sound) => void keep(sound, t("designer.recording.spoken", { of: props.of })),
  );
  const recording = props.audio ? content.recordings?.[props.audio] : undefined;
  if (recording)
    return <Kept recording={recording} onRemove={() => edit((old) => props.onChange(old, undefined))} />;
  const live = microphone.recordingMs !== null;
  return (
    <div className={styles.promptFoot}>
      {live ? (
        <Button size="small" danger icon={<PauseOutlined />} onClick={microphone.stop}>
          {t("designer.recording.stop")}{" "}
          <span className={styles.live}>{seconds(microphone.recordingMs ?? 0)}</span>
        </Button>
      ) : (
        <Button size="small" icon={<AudioOutlined />} loading={busy} onClick={() => void microphone.start()}>
          {t("designer.recording.record")}
        </Button>
      )}
      <Upload
        accept="audio/*"
        showUploadList={false}
        beforeUpload={(file) => {
          void keep(file, file.name);
          return Upload.LIST_IGNORE;
        }}
      >
        <Button size="small" icon={<UploadOutlined />} disabled={live || busy}>
          {t("designer.recording.upload")}
        </Button>
      </Upload>
      {microphone.refused ? <span className={styles.error}>{t("designer.recording.refused")}</span> : null}
    </div>
  );
}
