import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { queries } from "@/api/queries";
import { CallFilters, exported, useCallFilter } from "@/parts/calls/CallFilters";
import { CallsTable } from "@/parts/calls/CallsTable";
import { FreshBar } from "@/parts/calls/FreshBar";
import { useFreshList } from "@/parts/calls/useFreshList";
import { EmptyState } from "@/parts/EmptyState";
import { ExportButton } from "@/parts/exports/ExportButton";
import { LinkButton } from "@/parts/LinkButton";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";

export function TaskCalls({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { any, ...filter } = useCallFilter();
  const after = useCursor();
  const calls = useQuery(queries.calls(task.id, { ...filter, after, limit: PAGE_SIZE }));
  const fresh = useFreshList(calls, (call) => call.task_id === task.id, after === null && !filter.order);
  const empty = any ? (
    <EmptyState title={t("call.noneFound")} hint={t("filter.noneHint")} />
  ) : (
    <EmptyState
      title={t("task.noCalls")}
      hint={t(task.state === "draft" ? "task.noCallsDraft" : "task.noCallsYet")}
    />
  );
  return (
    <>
      <CallFilters grades={task.grades}>
        <LinkButton to={`/tasks/${task.id}?tab=customers&state=called`}>{t("call.byCustomer")}</LinkButton>
        <ExportButton shown={{ what: "calls", task_id: task.id, ...exported(filter) }} />
        <FreshBar {...fresh} />
      </CallFilters>
      <div {...fresh.guard}>
        <CallsTable query={calls} empty={empty} grades={task.grades} />
      </div>
    </>
  );
}
