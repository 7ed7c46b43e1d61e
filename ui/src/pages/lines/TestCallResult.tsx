import {
  CheckCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  SyncOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { TestCall } from "@/api/model";
import { Phone } from "@/parts/Phone";
import { Time } from "@/parts/Time";
import { useGateRefusal } from "@/parts/useGateRefusal";
import { useLocale } from "@/parts/useLocale";
import styles from "./lines.module.css";

interface Verdict {
  icon: ReactNode;
  color: string;
  words: string;
}

const GOOD = "var(--state-connected)";
const FAULT = "var(--state-fault)";
const NEUTRAL = "var(--state-neutral)";

function verdictOf(call: TestCall, t: TFunction): Verdict {
  if (call.state === "not_placed")
    return { icon: <CloseCircleOutlined />, color: FAULT, words: t("testCall.notPlaced") };
  if (!call.ended_at)
    return { icon: <SyncOutlined spin />, color: NEUTRAL, words: t(`testCallState.${call.state}`) };
  if (call.phone_state === "connected")
    return call.audio_back
      ? { icon: <CheckCircleOutlined />, color: GOOD, words: t("testCall.works") }
      : { icon: <WarningOutlined />, color: FAULT, words: t("testCall.noAudio") };
  if (call.phone_state === "line_fault" || call.phone_state === null)
    return { icon: <CloseCircleOutlined />, color: FAULT, words: t("testCall.failed") };
  return {
    icon: <MinusCircleOutlined />,
    color: NEUTRAL,
    words: t("testCall.notAnswered", { state: t(`phoneState.${call.phone_state}`) }),
  };
}

function useFacts(call: TestCall): [string, ReactNode][] {
  const { t } = useTranslation();
  const locale = useLocale();
  const refusal = useGateRefusal("testCall.refused")(call.gate);
  const yesOrNo = (value: boolean) => t(value ? "testCall.yes" : "testCall.no");
  const facts: [string, ReactNode][] = [
    [t("testCall.called"), <Phone key="phone" number={call.phone} />],
    [t("testCall.asked"), <Time key="asked" past at={call.asked_at} />],
  ];
  if (call.state === "not_placed") return [...facts, [t("testCall.why"), refusal || call.reason]];
  facts.push([t("testCall.rang"), yesOrNo(call.ringing_at !== null)]);
  facts.push([t("testCall.answered"), yesOrNo(call.answered_at !== null)]);
  if (call.audio_back !== null) facts.push([t("testCall.audioBack"), yesOrNo(call.audio_back)]);
  if (call.seconds !== null)
    facts.push([
      t("testCall.seconds"),
      t("figure.seconds", { value: call.seconds.toLocaleString(locale, { maximumFractionDigits: 1 }) }),
    ]);
  const said = [call.sip_code, call.reason].filter(Boolean).join(" ");
  return said ? [...facts, [t("testCall.network"), said]] : facts;
}

/** How far a test call got, and what it says about the line. */
export function TestCallResult({ call }: { call: TestCall }) {
  const { t } = useTranslation();
  const { icon, color, words } = verdictOf(call, t);
  return (
    <section className={styles.result} aria-live="polite">
      <strong>
        <span style={{ color }}>{icon}</span> {words}
      </strong>
      <dl className={styles.facts}>
        {useFacts(call).map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
