import { LoadingOutlined, PauseOutlined, SoundOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { scriptRequests } from "@/api/script-requests";
import { spokenExample } from "../script/variables";
import { useDesk } from "../state/DesignContext";
import { useSound } from "./useSound";

interface Props {
  text: string;
  /** Its voice, where it isn't the script's. */
  voice?: string;
  label?: string;
}

/** Speaks a text as a call would, with example values for its variables. */
export function HearButton({ text, voice, label }: Props) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const { state, play, stop } = useSound();
  const words = label ?? t("designer.hear.play");
  const example = spokenExample(content, text);
  const hear = () =>
    play(() =>
      scriptRequests.speakText({
        text: example,
        language: content.language ?? "en",
        voice: voice ?? content.voice ?? null,
        speed: content.speed ?? 1,
      }),
    );
  return (
    <Tooltip title={state === "playing" ? null : example}>
      <Button
        size="small"
        disabled={text.trim() === ""}
        icon={
          state === "fetching" ? (
            <LoadingOutlined />
          ) : state === "playing" ? (
            <PauseOutlined />
          ) : (
            <SoundOutlined />
          )
        }
        onClick={() => (state === "still" ? void hear() : stop())}
      >
        {state === "playing" ? t("designer.hear.stop") : words}
      </Button>
    </Tooltip>
  );
}
