import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
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
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Panel } from "@/parts/Panel";

const everyCall = () => true;

export function CallsPage() {
  const { t } = useTranslation();
  const { any, ...filter } = useCallFilter();
  const after = useCursor();
  const calls = useQuery(queries.calls(null, { ...filter, after, limit: PAGE_SIZE }));
  const fresh = useFreshList(calls, everyCall, after === null && !filter.order);
  const list = useList("calls", useCallColumns({ calls: calls.data?.items, withTask: true }));
  const empty = any ? (
    <EmptyState title={t("call.noneFound")} hint={t("filter.noneHint")} />
  ) : (
    <EmptyState
      title={t("call.none")}
      hint={t("call.noneHint")}
      action={<LinkButton to="/tasks">{t("call.toTasks")}</LinkButton>}
    />
  );
  return (
    <Page title={t("menu.calls")} about={t("call.about")}>
      <Panel padded={false}>
        <CallFilters>
          <ExportButton shown={{ what: "calls", ...exported(filter) }} list={list} />
          <ListTools list={list} />
          <FreshBar {...fresh} />
        </CallFilters>
        <div {...fresh.guard}>
          <CallsTable query={calls} list={list} empty={empty} />
        </div>
      </Panel>
    </Page>
  );
}
