import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";
import type { TaskState, TaskSummary } from "@/api/model";
import { queries } from "@/api/queries";
import { useFallbackInterval } from "@/app/LiveNews";
import { useWhyNotChange } from "@/app/session";
import { CopyTask } from "@/parts/CopyTask";
import { DoneBar } from "@/parts/DoneBar";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { letterOf } from "@/parts/letter";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { type List, useList } from "@/parts/lists/useList";
import { percent } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { SearchField } from "@/parts/SearchField";
import { TaskActions } from "@/parts/TaskActions";
import { TaskStateLabel } from "@/parts/TaskStateLabel";
import { Time } from "@/parts/Time";
import { useWayWords } from "@/parts/task-words";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { useLocale } from "@/parts/useLocale";
import { useWaitWords } from "@/parts/wait-words";
import styles from "./TasksPage.module.css";

const STATES: readonly TaskState[] = ["draft", "running", "paused", "finished"];

function useColumns(): ListColumn<TaskSummary>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const way = useWayWords();
  const waitWords = useWaitWords();
  return [
    {
      title: t("task.name"),
      key: "name",
      render: (_, task) => (
        <Link to={`/tasks/${task.id}`} className={styles.name}>
          {task.name}
          <span className="phone-only">
            <TaskStateLabel
              state={task.state}
              wait={task.state === "running" ? waitWords(task.waiting) : ""}
            />
            <DoneBar task={task} />
          </span>
        </Link>
      ),
    },
    {
      title: t("task.state"),
      key: "state",
      responsive: ["md"],
      render: (_, task) => (
        <TaskStateLabel
          state={task.state}
          reason={task.state_reason}
          wait={task.state === "running" ? waitWords(task.waiting) : ""}
        />
      ),
    },
    {
      title: t("task.done"),
      key: "done",
      responsive: ["md"],
      render: (_, task) => <DoneBar task={task} />,
    },
    {
      title: t("task.connected"),
      key: "connected",
      responsive: ["md"],
      align: "right",
      render: (_, task) => <span className="number">{percent(task.connected, task.calls, locale)}</span>,
    },
    {
      title: t("task.scriptAndLine"),
      key: "how",
      responsive: ["md"],
      render: (_, task) => (
        <span className={styles.how}>
          {task.arms.length > 0 ? (
            task.arms.map((arm, place) => (
              <span key={arm.id}>
                <b>{letterOf(place)}</b> {arm.script.name}{" "}
                <span className="quiet">{t("script.version", { number: arm.script.version })}</span>
              </span>
            ))
          ) : (
            <span>
              {task.script.name}{" "}
              <span className="quiet">{t("script.version", { number: task.script.version })}</span>
            </span>
          )}
          <span className="quiet">{way(task)}</span>
        </span>
      ),
    },
    {
      title: t("task.started"),
      key: "started",
      responsive: ["md"],
      render: (_, task) => <Time at={task.started_at} />,
    },
    {
      title: <span className="visually-hidden">{t("task.actions")}</span>,
      key: "actions",
      align: "right",
      render: (_, task) => (
        <>
          <TaskActions task={task} compact />
          <CopyTask task={task} compact />
        </>
      ),
    },
  ];
}

function TaskFilters({ list }: { list: List<TaskSummary> }) {
  const { t } = useTranslation();
  const [state, setState] = useAddressChoice("state", STATES);
  return (
    <Filters label={t("filter.name")}>
      <SearchField name="name" label={t("task.searchName")} />
      <Select
        allowClear
        value={state || undefined}
        placeholder={t("task.anyState")}
        aria-label={t("task.state")}
        style={{ minWidth: 140 }}
        options={STATES.map((value) => ({ value, label: t(`taskState.${value}`) }))}
        onChange={setState}
      />
      <ListTools list={list} />
    </Filters>
  );
}

function NoTasks({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  if (filtered) return <EmptyState title={t("task.noneFound")} hint={t("filter.noneHint")} />;
  return <EmptyState title={t("task.none")} hint={t("task.noneHint")} action={<NewTaskButton />} />;
}

function NewTaskButton() {
  const { t } = useTranslation();
  return (
    <LinkButton primary to="/tasks/new" within icon={<PlusOutlined />} whyNot={useWhyNotChange()}>
      {t("task.new")}
    </LinkButton>
  );
}

export function TasksPage() {
  const { t } = useTranslation();
  const [state] = useAddressChoice("state", STATES);
  const [name] = useAddressFilter("name");
  const after = useCursor();
  const tasks = useQuery({
    ...queries.tasks({ state, name, after, limit: PAGE_SIZE }),
    refetchInterval: useFallbackInterval(),
  });
  const list = useList("tasks", useColumns());
  return (
    <Page title={t("menu.tasks")} about={t("task.about")} action={<NewTaskButton />}>
      <Panel padded={false}>
        <TaskFilters list={list} />
        <ListTable
          label={t("menu.tasks")}
          query={tasks}
          list={list}
          empty={<NoTasks filtered={Boolean(state || name)} />}
          open={(task) => `/tasks/${task.id}`}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
