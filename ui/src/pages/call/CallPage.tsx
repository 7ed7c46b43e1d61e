import { useQuery } from "@tanstack/react-query";
import { Alert, Breadcrumb } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { Call } from "@/api/model";
import { queries } from "@/api/queries";
import { recordingUrl } from "@/api/requests";
import { useNetworkWords } from "@/parts/calls/network-words";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { ProblemNote } from "@/parts/ProblemPage";
import { groupedPhone } from "@/parts/phone";
import { Time } from "@/parts/Time";
import { clockLength } from "@/parts/times";
import { CallMessages } from "./CallMessages";
import styles from "./CallPage.module.css";
import { CallPushes } from "./CallPushes";
import { Events } from "./Events";
import { CallFacts, CustomerCard } from "./Facts";
import { GradeCard } from "./GradeCard";
import { Path } from "./Path";
import { Recording } from "./Recording";
import { Transcript } from "./Transcript";
import { turnAt } from "./turns";
import { useKeys } from "./useKeys";
import { usePlayer } from "./usePlayer";

const WHILE_UNDER_WAY_MS = 3_000;

function NoRecording({ call }: { call: Call }) {
  const { t } = useTranslation();
  const network = useNetworkWords()(call.sip_code, call.sip_reason);
  const never = call.answered_at === null;
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBlockEnd: 16 }}
      title={t(never ? "call.neverAnswered" : "call.noRecording")}
      description={never ? network : t("call.noRecordingHint")}
    />
  );
}

function Outcome({ call }: { call: Call }) {
  const { t } = useTranslation();
  return (
    <span className={styles.outcome}>
      <PhoneStateLabel state={call.phone_state} interrupted={call.interrupted} />
      {call.talk_ms > 0 ? <span>{t("call.talkedFor", { length: clockLength(call.talk_ms) })}</span> : null}
      <Time at={call.dialled_at} />
    </span>
  );
}

function CallView({ call }: { call: Call }) {
  const { t } = useTranslation();
  const player = usePlayer(call.has_recording ? recordingUrl(call.id) : null);
  useKeys(player, call.transcript);
  const seek = call.has_recording ? player.seek : null;
  const moved = player.playing || player.atMs > 0;
  const phone = groupedPhone(call.customer.phone);
  const name = call.customer.name || phone;
  return (
    <Page
      tab={name}
      above={
        <Breadcrumb
          className={styles.crumbs}
          items={[
            { title: <Link to="/tasks">{t("menu.tasks")}</Link> },
            { title: <Link to={`/tasks/${call.task_id}`}>{call.task_name}</Link> },
            { title: name },
          ]}
        />
      }
      title={
        <>
          {name}{" "}
          {call.customer.name ? <span className={`quiet number ${styles.number}`}>{phone}</span> : null}
        </>
      }
      about={<Outcome call={call} />}
    >
      {call.interrupted ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBlockEnd: 16 }}
          title={t("call.interrupted")}
          description={t("call.interruptedHint")}
        />
      ) : null}
      {call.has_recording ? (
        <Recording
          call={call}
          sound={{ url: recordingUrl(call.id), name: call.customer.name || call.id }}
          player={player}
          customer={t("call.lane.customer")}
        />
      ) : (
        <NoRecording call={call} />
      )}
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Transcript
            turns={call.transcript}
            labels={call.labels}
            current={moved ? turnAt(call.transcript, player.atMs) : -1}
            customer={call.customer.name || t("call.lane.customer")}
            onSeek={seek}
          />
          <Events events={call.events} labels={call.labels} />
        </div>
        <div className={styles.stack}>
          <GradeCard call={call} />
          <CustomerCard call={call} />
          <CallPushes callId={call.id} />
          <CallMessages callId={call.id} />
          <Path steps={call.path} onSeek={seek} />
          <CallFacts call={call} />
        </div>
      </div>
    </Page>
  );
}

export function CallPage() {
  const { callId = "" } = useParams();
  const { data, error, refetch } = useQuery({
    ...queries.call(callId),
    refetchInterval: ({ state }) => (state.data && state.data.ended_at === null ? WHILE_UNDER_WAY_MS : false),
  });
  if (data) return <CallView key={data.id} call={data} />;
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  return <PageSkeleton />;
}
