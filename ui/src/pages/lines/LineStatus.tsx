import {
  ApiOutlined,
  CheckCircleOutlined,
  CloseCircleOutlined,
  DisconnectOutlined,
  InboxOutlined,
  QuestionCircleOutlined,
  SyncOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Line, LineState } from "@/api/model";
import { Time } from "@/parts/Time";
import styles from "./lines.module.css";

const GOOD = "var(--state-connected)";
const NEUTRAL = "var(--state-neutral)";
const FAULT = "var(--state-fault)";

const LOOKS: Record<LineState | "unknown" | "retired", { icon: ReactNode; color: string }> = {
  ready: { icon: <ApiOutlined />, color: GOOD },
  registered: { icon: <CheckCircleOutlined />, color: GOOD },
  registering: { icon: <SyncOutlined />, color: NEUTRAL },
  refused: { icon: <CloseCircleOutlined />, color: FAULT },
  unreachable: { icon: <DisconnectOutlined />, color: FAULT },
  unresolved: { icon: <WarningOutlined />, color: FAULT },
  unknown: { icon: <QuestionCircleOutlined />, color: NEUTRAL },
  retired: { icon: <InboxOutlined />, color: NEUTRAL },
};

const NOT_LET_IN = [401, 403, 404, 407];

/** What to do about a line that can't be called over. */
function useRemedy({ status, carrier_host, carrier_port }: Line): string {
  const { t } = useTranslation();
  const where = { host: carrier_host, port: carrier_port };
  if (status?.state === "unresolved") return t("lineRemedy.unresolved", where);
  if (status?.state === "unreachable")
    return t(status.sip_code === null ? "lineRemedy.unreachable" : "lineRemedy.outOfService", where);
  if (status?.state !== "refused") return "";
  if (status.sip_code === null) return t("lineRemedy.unusable");
  return t(NOT_LET_IN.includes(status.sip_code) ? "lineRemedy.notLetIn" : "lineRemedy.refused");
}

/** How a line stands, since when, what the carrier said, and what to do about it. */
export function LineStatus({ line }: { line: Line }) {
  const { t } = useTranslation();
  const { status } = line;
  const state = line.retired_at ? "retired" : (status?.state ?? "unknown");
  const { icon, color } = LOOKS[state];
  const remedy = useRemedy(line);
  const said = status?.sip_code ? `${status.sip_code} ${status.detail}` : "";
  return (
    <div className={styles.status}>
      <span className="unbroken">
        <span style={{ color }}>{icon}</span> {t(`lineState.${state}`)}
      </span>
      {line.retired_at ? (
        <div className="quiet">
          <Time past at={line.retired_at} />
        </div>
      ) : null}
      {status ? (
        <div className="quiet">
          {remedy && said ? `${said} · ` : ""}
          <Time past at={status.since} />
        </div>
      ) : null}
      {remedy ? <div>{remedy}</div> : null}
      {remedy && !said && status?.state === "refused" ? <div className="quiet">{status.detail}</div> : null}
    </div>
  );
}
