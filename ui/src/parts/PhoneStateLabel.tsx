import {
  AudioMutedOutlined,
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  DisconnectOutlined,
  HourglassOutlined,
  InboxOutlined,
  MinusCircleOutlined,
  QuestionCircleOutlined,
  ToolOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PhoneState } from "@/api/model";
import styles from "./labels.module.css";

export const PHONE_STATES: readonly PhoneState[] = [
  "connected",
  "lost",
  "busy",
  "refused",
  "no_answer",
  "voicemail",
  "unreachable",
  "invalid_number",
  "line_fault",
  "technical_fault",
];

interface Look {
  icon: ReactNode;
  color: string;
}

const TEAL = "var(--state-connected)";
const AMBER = "var(--state-lost)";
const NEUTRAL = "var(--state-neutral)";
const RED = "var(--state-fault)";

const LOOKS: Record<PhoneState, Look> = {
  connected: { icon: <CheckCircleOutlined />, color: TEAL },
  lost: { icon: <HourglassOutlined />, color: AMBER },
  busy: { icon: <MinusCircleOutlined />, color: NEUTRAL },
  refused: { icon: <CloseCircleOutlined />, color: NEUTRAL },
  no_answer: { icon: <ClockCircleOutlined />, color: NEUTRAL },
  voicemail: { icon: <InboxOutlined />, color: NEUTRAL },
  unreachable: { icon: <AudioMutedOutlined />, color: NEUTRAL },
  invalid_number: { icon: <QuestionCircleOutlined />, color: RED },
  line_fault: { icon: <WarningOutlined />, color: RED },
  technical_fault: { icon: <ToolOutlined />, color: RED },
};

const UNDER_WAY: Look = { icon: <DisconnectOutlined />, color: NEUTRAL };

export const phoneStateColor = (state: PhoneState): string => LOOKS[state].color;

/** How a call ended: an icon and a word, coloured by what it means. */
export function PhoneStateLabel({
  state,
  interrupted = false,
}: {
  state: PhoneState | null;
  interrupted?: boolean;
}) {
  const { t } = useTranslation();
  const { icon, color } = state ? LOOKS[state] : UNDER_WAY;
  return (
    <span className={styles.state} style={{ color }}>
      {icon}
      <span className={styles.word}>
        {t(state ? `phoneState.${state}` : interrupted ? "phoneState.interrupted" : "phoneState.unknown")}
      </span>
    </span>
  );
}
