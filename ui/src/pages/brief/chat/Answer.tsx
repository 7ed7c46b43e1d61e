import { CheckCircleOutlined, StopOutlined, ToolOutlined, WarningOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { ModelChatLine } from "@/api/model";
import conversation from "@/parts/conversation.module.css";
import { SupposedMessage } from "@/parts/SupposedMessage";
import styles from "./ModelChat.module.css";

type Line<Kind extends ModelChatLine["kind"]> = Extract<ModelChatLine, { kind: Kind }>;

const TOOLS = ["collect", "grade", "look_up", "hang_up", "send_sms"] as const;
const WHYS = [
  "unspeakable",
  "human",
  "leak",
  "never_say",
  "claim",
  "promise",
  "figure",
  "offer",
  "name",
  "statement",
] as const;

/** What the model gave a tool, as it is read: its values alone where they can be. */
function given(text: string): string {
  try {
    const values: unknown = JSON.parse(text);
    return values && typeof values === "object" ? Object.values(values).join(" · ") : text;
  } catch {
    return text;
  }
}

function Said({ text, by_model }: Line<"said">) {
  const { t } = useTranslation();
  return (
    <div className={conversation.us}>
      <p className={conversation.bubble}>{text}</p>
      {by_model ? null : <span className={conversation.meta}>{t("brief.chat.own")}</span>}
    </div>
  );
}

/** Which rule a sentence broke, in words. */
export function useWhy(): (why: string) => string {
  const { t } = useTranslation();
  return (why) => {
    const known = WHYS.find((one) => one === why);
    return known ? t(`brief.chat.why.${known}`) : why;
  };
}

function HeldBack({ text, why }: Line<"held_back">) {
  const { t } = useTranslation();
  const words = useWhy();
  return (
    <p className={styles.held}>
      <StopOutlined aria-hidden />
      <span>
        {t("brief.chat.heldBack", { text })} <em>{words(why)}</em>
      </span>
    </p>
  );
}

function Tool({ name, arguments: asked, result, refused }: Line<"tool">) {
  const { t } = useTranslation();
  const known = TOOLS.find((one) => one === name);
  return (
    <p className={refused ? styles.held : styles.tool}>
      {refused ? <ToolOutlined aria-hidden /> : <CheckCircleOutlined aria-hidden />}
      <span>
        <strong>{known ? t(`brief.chat.tool.${known}`) : t("brief.chat.tool.other", { name })}</strong>{" "}
        {given(asked)}{" "}
        <em>{refused ? result.replace(/^refused/, t("brief.chat.refused")) : `→ ${result}`}</em>
      </span>
    </p>
  );
}

function Trouble({ why }: Line<"trouble">) {
  const { t } = useTranslation();
  return (
    <p className={styles.held}>
      <WarningOutlined aria-hidden />
      {t(`brief.chat.trouble.${why}`)}
    </p>
  );
}

/** One thing that the model said, did, or was kept from saying. */
export function AnswerLine({ line }: { line: ModelChatLine }) {
  switch (line.kind) {
    case "said":
      return <Said {...line} />;
    case "held_back":
      return <HeldBack {...line} />;
    case "message":
      return <SupposedMessage {...line} />;
    case "tool":
      return <Tool {...line} />;
    case "trouble":
      return <Trouble {...line} />;
    default:
      return null;
  }
}
