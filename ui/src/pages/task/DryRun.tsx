import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Progress, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import type { DryRun as Run, Task } from "@/api/model";
import { isUnderWay, queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { ProblemNote } from "@/parts/ProblemPage";
import { DryRunAnswer } from "./DryRunAnswer";

function UnderWay({ run, taskId }: { run: Run | undefined; taskId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const off = useMutation({
    mutationFn: () => requests.callOffDryRun(taskId),
    onSuccess: (told) => client.setQueryData(queries.dryRun(taskId).queryKey, told),
  });
  return (
    <div role="status">
      <p>{t(run ? (run.state === "waiting" ? "dryRun.waiting" : "dryRun.byWorker") : "dryRun.running")}</p>
      {run ? (
        <>
          <Progress percent={Math.round(run.progress * 100)} aria-label={t("dryRun.progress")} />
          <Button loading={off.isPending} onClick={() => off.mutate()}>
            {t("dryRun.callOff")}
          </Button>
        </>
      ) : null}
      <Skeleton active paragraph={{ rows: 8 }} title={false} />
    </div>
  );
}

function Over({ run }: { run: Run }) {
  const { t } = useTranslation();
  if (run.answer) return <DryRunAnswer found={run.answer} />;
  if (run.state === "cancelled") return <p>{t("dryRun.calledOff")}</p>;
  return (
    <Alert
      type="error"
      showIcon
      title={t("dryRun.failed")}
      description={t("dryRun.failedRemedy", { code: run.failure })}
    />
  );
}

/** What the task would do: when it finishes, what it costs, who is lost, and who can't be called and why. */
export function DryRun() {
  const { t } = useTranslation();
  const task = useOutletContext<Task>();
  const { data, error, isFetching, refetch } = useQuery(queries.dryRun(task.id));
  const working = isUnderWay(data) || (isFetching && !data);
  return (
    <AddressDrawer
      title={t("dryRun.title", { name: task.name })}
      back={`/tasks/${task.id}`}
      width={760}
      footer={
        <Button loading={isFetching || working} onClick={() => void refetch()}>
          {t("dryRun.again")}
        </Button>
      }
    >
      {error && !isFetching ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {working ? <UnderWay run={data} taskId={task.id} /> : null}
      {data && !working ? <Over run={data} /> : null}
    </AddressDrawer>
  );
}
