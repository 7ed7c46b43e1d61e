import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import type { Task } from "@/api/model";
import { queries } from "@/api/queries";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { ProblemNote } from "@/parts/ProblemPage";
import { DryRunAnswer } from "./DryRunAnswer";

/** What the task would do: when it finishes, what it costs, who is lost, and who can't be called and why. */
export function DryRun() {
  const { t } = useTranslation();
  const task = useOutletContext<Task>();
  const { data, error, isFetching, refetch } = useQuery(queries.dryRun(task.id));
  return (
    <AddressDrawer
      title={t("dryRun.title", { name: task.name })}
      back={`/tasks/${task.id}`}
      width={760}
      footer={
        <Button loading={isFetching} onClick={() => void refetch()}>
          {t("dryRun.again")}
        </Button>
      }
    >
      {error && !isFetching ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {isFetching && !data ? (
        <div role="status">
          <p>{t("dryRun.running")}</p>
          <Skeleton active paragraph={{ rows: 8 }} title={false} />
        </div>
      ) : null}
      {data ? <DryRunAnswer found={data} /> : null}
    </AddressDrawer>
  );
}
