import { CheckCircleOutlined, CloseCircleOutlined, SoundOutlined, SyncOutlined } from "@ant-design/icons";
import { Alert } from "antd";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TrialCall } from "@/api/model";
import { useNetworkWords } from "@/parts/calls/network-words";
import { clockLength } from "@/parts/times";
import { useGateRefusal } from "@/parts/useGateRefusal";
import styles from "./trying.module.css";

function iconOf(trial: TrialCall): ReactNode {
  if (trial.state === "not_placed") return <CloseCircleOutlined style={{ color: "var(--state-fault)" }} />;
  if (trial.ended_at === null)
    return trial.state === "answered" ? (
      <SoundOutlined style={{ color: "var(--state-connected)" }} />
    ) : (
      <SyncOutlined spin />
    );
  return trial.phone_state === "connected" ? (
    <CheckCircleOutlined style={{ color: "var(--state-connected)" }} />
  ) : (
    <CloseCircleOutlined style={{ color: "var(--state-neutral)" }} />
  );
}

function wordsOf(trial: TrialCall, t: TFunction): string {
  if (trial.state !== "ended") return t(`ringState.${trial.state}`);
  if (trial.phone_state === "connected") return t("ringState.ended");
  if (trial.phone_state === "technical_fault") return t("evidence.technicalFault");
  return trial.phone_state === null
    ? t("ringState.cutOff")
    : t("ringState.notAnswered", { state: t(`phoneState.${trial.phone_state}`) });
}

/** What is keyed in on the phone, so that nobody but its holder hears the script. */
function Code({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <section className={styles.code} aria-label={t("trying.code")}>
      <strong>{t("trying.codeAsk")}</strong>
      <output aria-label={t("trying.code")}>{code}</output>
      <span className="quiet">{t("trying.codeWhy")}</span>
    </section>
  );
}

/** How far a call to one's own phone has come, why it got no further, and what is to be done on the phone. */
export function RingStatus({ trial }: { trial: TrialCall }) {
  const { t } = useTranslation();
  const refused = useGateRefusal("trying.refused")(trial.gate);
  const network = useNetworkWords()(trial.sip_code, trial.sip_reason);
  const why = trial.state === "not_placed" ? refused || trial.sip_reason : "";
  const talked = trial.talk_ms > 0 ? t("call.talkedFor", { length: clockLength(trial.talk_ms) }) : network;
  return (
    <>
      <div className={styles.status} role="status" aria-label={t("trying.state")}>
        {iconOf(trial)}
        <span>
          <strong>{wordsOf(trial, t)}</strong>
          {trial.ended_at ? <span className="quiet">{why || talked}</span> : null}
        </span>
      </div>
      {trial.code ? <Code code={trial.code} /> : null}
      {trial.answered_at && trial.confirmation === "missing" ? (
        <Alert
          type="info"
          showIcon
          title={t("trying.codeMissing")}
          description={t("trying.codeMissingWhy")}
        />
      ) : null}
    </>
  );
}

/** That the number is on the do-not-call list for what was said, and the way to take it off. */
export function Listed({ trial }: { trial: TrialCall }) {
  const { t } = useTranslation();
  if (!trial.listed) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t(trial.own ? "trying.listed" : "trying.listedOther")}
      description={<Link to="/do-not-call">{t("trying.toDoNotCall")}</Link>}
    />
  );
}
