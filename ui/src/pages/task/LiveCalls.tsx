import { LoadingOutlined, PhoneOutlined, SoundOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { LiveCall, Task } from "@/api/model";
import { Panel } from "@/parts/Panel";
import { groupedPhone } from "@/parts/phone";
import { clockLength } from "@/parts/times";
import { useNowBySecond } from "@/parts/useNow";
import styles from "./TaskPage.module.css";

const STAGES: Record<LiveCall["stage"], { icon: ReactNode; color: string }> = {
  dialling: { icon: <LoadingOutlined />, color: "var(--state-neutral)" },
  ringing: { icon: <PhoneOutlined />, color: "var(--state-neutral)" },
  connected: { icon: <SoundOutlined />, color: "var(--state-connected)" },
};

function Row({ call, now }: { call: LiveCall; now: number }) {
  const { t } = useTranslation();
  const { icon, color } = STAGES[call.stage];
  return (
    <li className={styles.liveCall}>
      <span style={{ color }} className="unbroken">
        {icon} <span style={{ color: "var(--ant-color-text)" }}>{t(`stage.${call.stage}`)}</span>
      </span>
      <span className={styles.liveName}>
        {call.customer_name || groupedPhone(call.phone)}
        {call.customer_name ? <span className="quiet number"> {groupedPhone(call.phone)}</span> : null}
      </span>
      <span className="number quiet">{clockLength(now - new Date(call.since).getTime())}</span>
      {call.last_text ? <span className={styles.liveText}>{call.last_text}</span> : null}
    </li>
  );
}

const oldestFirst = (one: LiveCall, other: LiveCall) => one.since.localeCompare(other.since);

/** The calls under way: whose, how far, and the last words. Oldest first, so that rows keep their place. */
export function LiveCalls({ task }: { task: Task }) {
  const { t } = useTranslation();
  const now = useNowBySecond();
  const calls = task.progress.live.toSorted(oldestFirst);
  return (
    <Panel
      className={styles.liveCalls}
      title={t("live.title")}
      extra={<span className="quiet number">{calls.length || ""}</span>}
    >
      {calls.length > 0 ? (
        <ul className={styles.live} aria-label={t("live.title")}>
          {calls.map((call) => (
            <Row key={call.attempt_id} call={call} now={now} />
          ))}
        </ul>
      ) : (
        <p className="quiet">
          {t(task.state === "running" && !task.progress.wait.reason ? "live.soon" : "live.none")}
        </p>
      )}
    </Panel>
  );
}
