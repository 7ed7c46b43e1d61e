import { useQuery } from "@tanstack/react-query";
import { Breadcrumb, Descriptions, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { TrialCall } from "@/api/model";
import { queries } from "@/api/queries";
import { trialRecordingUrl } from "@/api/requests";
import { useNetworkWords } from "@/parts/calls/network-words";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { Phone } from "@/parts/Phone";
import { PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { ProblemNote } from "@/parts/ProblemPage";
import { groupedPhone } from "@/parts/phone";
import { Time } from "@/parts/Time";
import { clockLength } from "@/parts/times";
import styles from "../call/CallPage.module.css";
import { Events } from "../call/Events";
import { variableLabel } from "../call/labels";
import { Path } from "../call/Path";
import { Recording } from "../call/Recording";
import { Transcript } from "../call/Transcript";
import { turnAt } from "../call/turns";
import { useKeys } from "../call/useKeys";
import { usePlayer } from "../call/usePlayer";
import { GradeGiven } from "../trying/Conversation";
import { Listed, RingStatus } from "../trying/RingStatus";
import trying from "../trying/trying.module.css";

const WHILE_UNDER_WAY_MS = 1_000;

function TrialFacts({ trial }: { trial: TrialCall }) {
  const { t } = useTranslation();
  const network = useNetworkWords()(trial.sip_code, trial.sip_reason);
  const known = Object.entries({ ...trial.variables, ...trial.collected }).map(([name, value]) => ({
    key: `value-${name}`,
    label: variableLabel(trial.labels, name),
    children: value,
  }));
  const items = [
    {
      key: "state",
      label: t("call.phoneState"),
      children: trial.phone_state ? <PhoneStateLabel state={trial.phone_state} /> : null,
    },
    {
      key: "askedBy",
      label: t("trying.askedBy"),
      children: trial.own ? null : (trial.asked_by?.name ?? null),
    },
    {
      key: "phone",
      label: t(trial.own ? "trying.phone" : "trying.theirPhone"),
      children: <Phone number={trial.phone} />,
    },
    { key: "network", label: t("call.network"), children: network || null },
    { key: "line", label: t("task.line"), children: trial.line?.name ?? null },
    {
      key: "hungUp",
      label: t("call.hungUpBy"),
      children: trial.hung_up_by ? t(`hungUpBy.${trial.hung_up_by}`) : null,
    },
    ...known,
  ];
  return (
    <Panel title={t("call.facts")}>
      <Descriptions size="small" column={1} items={items.filter(({ children }) => children !== null)} />
    </Panel>
  );
}

function TrialView({ trial }: { trial: TrialCall }) {
  const { t } = useTranslation();
  const url = trial.has_recording ? trialRecordingUrl(trial.id) : null;
  const player = usePlayer(url);
  useKeys(player, trial.transcript);
  const seek = url ? player.seek : null;
  const moved = player.playing || player.atMs > 0;
  const { script, grade, labels } = trial;
  const customer = t(trial.own ? "trying.you" : "trying.tester");
  return (
    <Page
      tab={t("trying.trialOf", { script: script.name })}
      above={
        <Breadcrumb
          className={styles.crumbs}
          items={[
            { title: <Link to="/scripts">{t("menu.scripts")}</Link> },
            { title: <Link to={`/scripts/${script.id}/edit`}>{script.name}</Link> },
            { title: t("trying.trial") },
          ]}
        />
      }
      title={
        <>
          {groupedPhone(trial.phone)} <Tag color="processing">{t("trying.trial")}</Tag>
        </>
      }
      about={
        <span className={styles.outcome}>
          <span>{t(trial.draft ? "designer.draftOf" : "script.version", { number: script.version })}</span>
          {trial.talk_ms > 0 ? (
            <span>{t("call.talkedFor", { length: clockLength(trial.talk_ms) })}</span>
          ) : null}
          <Time at={trial.asked_at} />
        </span>
      }
    >
      {url ? (
        <Recording call={trial} sound={{ url, name: script.name }} player={player} customer={customer} />
      ) : (
        <div className={trying.panel} style={{ marginBlockEnd: 16 }}>
          <RingStatus trial={trial} />
        </div>
      )}
      {trial.listed ? (
        <div style={{ marginBlockEnd: 16 }}>
          <Listed trial={trial} />
        </div>
      ) : null}
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Transcript
            turns={trial.transcript}
            labels={labels}
            current={moved ? turnAt(trial.transcript, player.atMs) : -1}
            customer={customer}
            onSeek={seek}
          />
          {trial.events.length > 0 ? <Events events={trial.events} labels={labels} /> : null}
        </div>
        <div className={styles.stack}>
          {grade ? (
            <Panel title={t("call.grade")}>
              <GradeGiven
                given={{ grade, label: labels.grades[grade] ?? "", reasons: trial.grade_reasons }}
                grades={Object.keys(labels.grades)}
                labels={labels}
              />
            </Panel>
          ) : null}
          <Path steps={trial.path} onSeek={seek} />
          <TrialFacts trial={trial} />
        </div>
      </div>
    </Page>
  );
}

/** A call in which somebody tried a script on their own phone. */
export function TrialPage() {
  const { trialId = "" } = useParams();
  const { data, error, refetch } = useQuery({
    ...queries.trial(trialId),
    refetchInterval: ({ state }) => (state.data && state.data.ended_at === null ? WHILE_UNDER_WAY_MS : false),
  });
  if (data) return <TrialView key={data.id} trial={data} />;
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  return <PageSkeleton />;
}
