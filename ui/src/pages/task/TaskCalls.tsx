import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { queries } from "@/api/queries";
import { CallFilters, exported, useCallFilter } from "@/parts/calls/CallFilters";
import { CallsTable, useCallColumns } from "@/parts/calls/CallsTable";
import { FreshBar } from "@/parts/calls/FreshBar";
import { useFreshList } from "@/parts/calls/useFreshList";
import { EmptyState } from "@/parts/EmptyState";
import { ExportButton } from "@/parts/exports/ExportButton";
import { LinkButton } from "@/parts/LinkButton";
import { ListTools } from "@/parts/lists/ListTools";
import { useList } from "@/parts/lists/useList";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";

export function TaskCalls({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { any, ...filter } = useCallFilter();
  const after = useCursor();
  const calls = useQuery(queries.calls(task.id, { ...filter, after, limit: PAGE_SIZE }));
  const fresh = useFreshList(calls, (call) => call.task_id === task.id, after === null && !filter.order);
  const list = useList("task_calls", useCallColumns({ calls: calls.data?.items, grades: task.grades }));
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
        <ExportButton shown={{ what: "calls", task_id: task.id, ...exported(filter) }} list={list} />
        <ListTools list={list} />
        <FreshBar {...fresh} />
      </CallFilters>
      <div {...fresh.guard}>
        <CallsTable query={calls} list={list} empty={empty} />
      </div>
    </>
  );
}
