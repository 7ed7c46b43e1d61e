import { useQuery } from "@tanstack/react-query";
import { Progress, Segmented, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Import } from "@/api/model";
import { isUnderWay, queries } from "@/api/queries";
import { useMay, useWhoMay } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { useList } from "@/parts/lists/useList";
import { count } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { Time } from "@/parts/Time";
import { useAddressChoice } from "@/parts/useAddressFilter";
import { useLocale } from "@/parts/useLocale";
import { Exports } from "../exports/Exports";

const addressOf = ({ id, task }: Import): string => `/tasks/${task.id}/import/${id}`;
const COLOURS = { failed: "error", done: "success" } as const;

function State({ found }: { found: Import }) {
  const { t } = useTranslation();
  if (isUnderWay(found))
    return (
      <Progress
        percent={Math.round(found.progress * 100)}
        size="small"
        style={{ width: 140 }}
        aria-label={t("import.running")}
      />
    );
  const colour = found.state === "failed" || found.state === "done" ? COLOURS[found.state] : undefined;
  return <Tag color={colour}>{t(`importState.${found.state}`)}</Tag>;
}

function useColumns(): ListColumn<Import>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = (value: number, { state }: Import) => (state === "done" ? count(value, locale) : "–");
  return [
    {
      title: t("import.file"),
      key: "file",
      render: (_, found) => (
        <Link to={addressOf(found)} style={{ fontWeight: 600 }}>
          {found.file_name}
        </Link>
      ),
    },
    { title: t("import.task"), key: "task", render: (_, { task }) => task.name },
    { title: t("import.state"), key: "state", render: (_, found) => <State found={found} /> },
    { title: t("import.rows"), key: "rows", dataIndex: "rows", align: "right", render: number },
    {
      title: t("importCount.imported"),
      key: "imported",
      dataIndex: "imported",
      align: "right",
      render: number,
    },
    { title: t("importCount.failed"), key: "failed", dataIndex: "failed", align: "right", render: number },
    {
      title: t("import.askedAt"),
      key: "at",
      responsive: ["md"],
      render: (_, { asked_at }) => <Time at={asked_at} past />,
    },
    {
      title: t("import.askedBy"),
      key: "by",
      responsive: ["lg"],
      render: (_, { asked_by }) => asked_by ?? "–",
    },
  ];
}

const VIEWS = ["imports", "exports"] as const;

function None() {
  const { t } = useTranslation();
  const who = useWhoMay("change_tasks");
  if (!useMay("change_tasks"))
    return <EmptyState title={t("import.none")} hint={t("import.noneOfOthers", { who })} />;
  const toTasks = <LinkButton to="/tasks">{t("menu.tasks")}</LinkButton>;
  return <EmptyState title={t("import.none")} hint={t("import.noneHint")} action={toTasks} />;
}

/** Every file of customers that was sent. */
function Imports() {
  const { t } = useTranslation();
  const imports = useQuery(queries.imports({ after: useCursor(), limit: PAGE_SIZE }));
  const list = useList("imports", useColumns());
  return (
    <>
      <Filters label={t("filter.name")}>
        <ListTools list={list} />
      </Filters>
      <ListTable label={t("files.imports")} query={imports} list={list} empty={<None />} open={addressOf} />
    </>
  );
}

/** Every file that was sent, and every list that was written to one. */
export function ImportsPage() {
  const { t } = useTranslation();
  const [chosen, choose] = useAddressChoice("view", VIEWS);
  const mayExport = useMay("export");
  const view = mayExport ? (chosen ?? "imports") : "imports";
  return (
    <Page title={t("menu.imports")} about={t(`files.about.${view}`)}>
      {mayExport ? (
        <div style={{ marginBlockEnd: 16 }}>
          <Segmented
            value={view}
            aria-label={t("files.view")}
            options={VIEWS.map((value) => ({ value, label: t(`files.${value}`) }))}
            onChange={(value) => choose(value === "imports" ? null : value)}
          />
        </div>
      ) : null}
      <Panel padded={false}>{view === "exports" ? <Exports /> : <Imports />}</Panel>
    </Page>
  );
}
