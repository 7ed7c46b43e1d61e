import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Breadcrumb, Button, Progress, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useNavigate, useParams } from "react-router";
import type { Crowd, CrowdDetail } from "@/api/model";
import { isUnderWay, queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { friendlyTime } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";
import { CrowdState } from "./CrowdState";
import { Report } from "./Report";
import { useFigures } from "./words";

function UnderWay({ crowd }: { crowd: Crowd }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const whyNot = useWhyNot("change_scripts");
  const off = useMutation({
    mutationFn: () => requests.cancelCrowd(crowd.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["crowd", crowd.id] }),
  });
  return (
    <Panel>
      <div role="status">
        <p>
          {t(
            crowd.state === "waiting"
              ? "crowd.waiting"
              : crowd.mode === "speech"
                ? "crowd.speaking"
                : "crowd.talking",
          )}
        </p>
        <Progress percent={Math.round(crowd.progress * 100)} aria-label={t("crowd.progress")} />
      </div>
      <Button
        loading={off.isPending}
        disabled={whyNot !== null}
        title={whyNot ?? undefined}
        onClick={() => off.mutate()}
      >
        {t("crowd.callOff")}
      </Button>
    </Panel>
  );
}

function Over({ crowd }: { crowd: CrowdDetail }) {
  const { t } = useTranslation();
  if (crowd.report) return <Report crowd={crowd} report={crowd.report} />;
  const failed = crowd.state === "failed";
  return (
    <Alert
      type={failed ? "error" : "info"}
      showIcon
      title={t(failed ? "crowd.failed" : "crowd.calledOff")}
      description={
        crowd.failure === "script-changed"
          ? t("crowd.scriptChanged")
          : crowd.failure === "crowd-busy"
            ? t("crowd.busy")
            : failed
              ? t("crowd.failedRemedy")
              : null
      }
      action={
        <LinkButton
          to={`/crowds/new?script=${crowd.script.id}&version=${crowd.script.version}`}
          within={false}
        >
          {t("crowd.again")}
        </LinkButton>
      }
    />
  );
}

/** Earlier crowds of the same people, to be compared with. */
function CompareChoice({ crowd }: { crowd: Crowd }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const locale = useLocale();
  const now = useNow();
  const others = useQuery(queries.crowds(crowd.script.id, { limit: 100 })).data?.items.filter(
    ({ id, mode, seed, people, state }) =>
      id !== crowd.id &&
      mode === crowd.mode &&
      seed === crowd.seed &&
      people === crowd.people &&
      state === "done",
  );
  if (crowd.state !== "done" || !others?.length) return null;
  return (
    <Select
      placeholder={t("crowd.compare")}
      aria-label={t("crowd.compare")}
      style={{ minWidth: 220 }}
      value={null}
      onChange={(id: string) => navigate(`/crowds/${crowd.id}/since/${id}`)}
      options={others.map(({ id, script, asked_at }) => ({
        value: id,
        label: `${t("script.version", { number: script.version })} · ${friendlyTime(asked_at, now, locale)}`,
      }))}
    />
  );
}

function CrowdView({ crowd }: { crowd: CrowdDetail }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const version = t("script.version", { number: crowd.script.version });
  return (
    <Page
      tab={`${crowd.script.name} · ${t("menu.crowds")}`}
      above={
        <Breadcrumb
          style={{ marginBlockEnd: 8 }}
          items={[{ title: <Link to="/crowds">{t("menu.crowds")}</Link> }, { title: crowd.script.name }]}
        />
      }
      title={
        <span style={{ display: "inline-flex", flexWrap: "wrap", gap: 10, alignItems: "center" }}>
          {crowd.script.name}
          <CrowdState crowd={crowd} />
        </span>
      }
      about={t(crowd.mode === "speech" ? "crowd.ofSpeech" : "crowd.of", {
        version,
        people: number(crowd.people),
        seed: crowd.seed,
      })}
      action={
        <>
          <CompareChoice crowd={crowd} />
          <LinkButton to={`/crowds/new?script=${crowd.script.id}`} within={false}>
            {t("crowd.again")}
          </LinkButton>
        </>
      }
    >
      {crowd.changed_since ? (
        <Alert
          type="warning"
          showIcon
          title={t("crowd.changedSince", { version })}
          style={{ marginBlockEnd: 16 }}
        />
      ) : null}
      {isUnderWay(crowd) ? <UnderWay crowd={crowd} /> : <Over crowd={crowd} />}
      <Outlet context={crowd} />
    </Page>
  );
}

/** One crowd: how it gets on, then what it showed. */
export function CrowdPage() {
  const { crowdId = "" } = useParams();
  const { data, error, refetch } = useQuery(queries.crowd(crowdId));
  if (data) return <CrowdView crowd={data} />;
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  return <PageSkeleton />;
}
