import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  MinusCircleOutlined,
  StopOutlined,
} from "@ant-design/icons";
import { Timeline } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Attempt } from "@/api/model";
import { useGateWords } from "@/parts/gate-words";
import { PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { Time } from "@/parts/Time";
import { momentWords } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";
import styles from "./TaskPage.module.css";

type What = "allow" | "hold" | "deny" | "withdrawn" | "underWay";

const LOOKS: Record<What, { icon: ReactNode; color: string }> = {
  allow: { icon: <CheckCircleOutlined />, color: "var(--state-connected)" },
  hold: { icon: <ClockCircleOutlined />, color: "var(--state-lost)" },
  deny: { icon: <StopOutlined />, color: "var(--state-fault)" },
  withdrawn: { icon: <MinusCircleOutlined />, color: "var(--state-neutral)" },
  underWay: { icon: <ClockCircleOutlined />, color: "var(--state-neutral)" },
};

const whatOf = ({ gate, state }: Attempt): What =>
  gate?.verdict ?? (state === "interrupted" ? "withdrawn" : "underWay");

/** What was decided, by which rule, and until when. */
function Decision({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const words = useGateWords();
  const locale = useLocale();
  const now = useNow();
  const { gate } = attempt;
  const what = whatOf(attempt);
  return (
    <div>
      <strong>{t(`attemptWhat.${what}`)}</strong>
      {gate && gate.verdict !== "allow" ? <span> {words(gate)}</span> : null}
      {gate?.until ? <span> {t("attempt.again", { at: momentWords(gate.until, now, locale) })}</span> : null}
      {what === "withdrawn" ? <span className="quiet"> {t("attempt.withdrawnHint")}</span> : null}
    </div>
  );
}

/** What came of it, where it was dialled. */
function Outcome({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const { phone_state, dialled_at, ended_at, call_id, sip_code, sip_reason } = attempt;
  if (!dialled_at) return null;
  const network = [sip_code, sip_reason].filter(Boolean).join(" ");
  return (
    <div className={styles.attemptLine}>
      <PhoneStateLabel state={phone_state} interrupted={ended_at !== null && phone_state === null} />
      {network ? <span className="quiet">{t("network.said", { said: network })}</span> : null}
      {call_id && ended_at ? <Link to={`/calls/${call_id}`}>{t("attempt.open")}</Link> : null}
    </div>
  );
}

function Entry({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={styles.attemptLine}>
        <Time at={attempt.dialled_at ?? attempt.ended_at ?? attempt.planned_at} past />
        <span className="quiet">{t("attempt.on", { line: attempt.line.name })}</span>
      </div>
      <Decision attempt={attempt} />
      <Outcome attempt={attempt} />
    </>
  );
}

/** Every attempt at calling a customer, the latest first. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <Timeline
      items={attempts.map((attempt) => {
        const { icon, color } = LOOKS[whatOf(attempt)];
        return { key: attempt.id, icon, color, content: <Entry attempt={attempt} /> };
      })}
    />
  );
}
