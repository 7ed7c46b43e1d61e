import {
  CheckCircleOutlined,
  EditOutlined,
  PauseCircleOutlined,
  PlayCircleOutlined,
} from "@ant-design/icons";
import { Tag } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TaskState } from "@/api/model";
import { useReasonWords } from "./reason-words";

const LOOKS: Record<TaskState, { icon: ReactNode; color: string }> = {
  draft: { icon: <EditOutlined />, color: "default" },
  running: { icon: <PlayCircleOutlined />, color: "processing" },
  paused: { icon: <PauseCircleOutlined />, color: "warning" },
  finished: { icon: <CheckCircleOutlined />, color: "default" },
};

interface Props {
  state: TaskState;
  reason?: string;
  /** Why it dials nobody now, in words. */
  wait?: string;
}

export function TaskStateLabel({ state, reason = "", wait = "" }: Props) {
  const { t } = useTranslation();
  const why = useReasonWords()(reason) || wait;
  const { icon, color } = LOOKS[state];
  return (
    <span>
      <Tag icon={icon} color={color} style={{ marginInlineEnd: 0 }}>
        {t(`taskState.${state}`)}
      </Tag>
      {why ? (
        <div
          className="quiet"
          style={{
            fontSize: 12,
            fontWeight: 400,
            marginBlockStart: 2,
            maxWidth: 240,
            whiteSpace: "normal",
          }}
        >
          {why}
        </div>
      ) : null}
    </span>
  );
}
