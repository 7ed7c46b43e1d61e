import { UploadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Breadcrumb, Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useParams, useSearchParams } from "react-router";
import type { Task } from "@/api/model";
import { queries } from "@/api/queries";
import { useFallbackInterval } from "@/app/LiveNews";
import { useWhyNotChange } from "@/app/session";
import { useAfterCallWords } from "@/parts/after-call-words";
import { CopyTask } from "@/parts/CopyTask";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { TaskActions } from "@/parts/TaskActions";
import { TaskStateLabel } from "@/parts/TaskStateLabel";
import { useHowWords } from "@/parts/task-words";
import { ByLine } from "./ByLine";
import { useCrowdLacking } from "./crowd-lacking";
import { Figures } from "./Figures";
import { LiveCalls } from "./LiveCalls";
import { NewerVersion } from "./NewerVersion";
import { useNowWords } from "./now-words";
import { Outcomes } from "./Outcomes";
import { TaskCalls } from "./TaskCalls";
import { TaskCustomers } from "./TaskCustomers";
import styles from "./TaskPage.module.css";
import { useWhyNoMore } from "./useWhyNoMore";
import { VersionsCompared } from "./VersionsCompared";
import { isWaiting, Waiting } from "./Waiting";

const PACE_EVERY_MS = 30_000;

function ImportButton({ task, primary = false }: { task: Task; primary?: boolean }) {
  const { t } = useTranslation();
  const whyNot = useWhyNoMore(task);
  return (
    <LinkButton
      to={`/tasks/${task.id}/import`}
      icon={<UploadOutlined />}
      within
      primary={primary}
      whyNot={whyNot}
    >
      {t("import.open")}
    </LinkButton>
  );
}

function DryRunButton({ task }: { task: Task }) {
  const { t } = useTranslation();
  const whyNot = useWhyNotChange();
  if (task.customers === 0 || task.state === "finished") return null;
  return (
    <LinkButton to={`/tasks/${task.id}/dry-run`} within whyNot={whyNot}>
      {t("dryRun.open")}
    </LinkButton>
  );
}

function Lists({ task }: { task: Task }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const tab = search.get("tab") === "customers" ? "customers" : "calls";
  return (
    <Panel padded={false}>
      <Tabs
        activeKey={tab}
        onChange={(key) => setSearch(key === "calls" ? {} : { tab: key })}
        tabBarStyle={{ paddingInline: 20, marginBlockEnd: 0 }}
        destroyOnHidden
        items={[
          { key: "calls", label: t("task.calls"), children: <TaskCalls task={task} /> },
          { key: "customers", label: t("task.customers"), children: <TaskCustomers task={task} /> },
        ]}
      />
    </Panel>
  );
}

/** Says what a task that needs a passed crowd still lacks. */
function CrowdNeeded({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { script } = task;
  if (!useCrowdLacking(task)) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t("crowd.neededByTask", { script: script.name, number: script.version })}
      action={
        <LinkButton to={`/crowds/new?script=${script.id}&version=${script.version}`} within={false}>
          {t("crowd.try")}
        </LinkButton>
      }
    />
  );
}

function Overview({ task }: { task: Task }) {
  const { t } = useTranslation();
  const whyNot = useWhyNoMore(task);
  if (task.customers === 0 && task.progress.withdrawn === 0)
    return (
      <Panel>
        <EmptyState
          title={t("task.noCustomers")}
          hint={t("task.noCustomersHint")}
          action={
            <>
              <ImportButton task={task} primary />
              <LinkButton to={`/tasks/${task.id}/add`} within whyNot={whyNot}>
                {t("addCustomer.open")}
              </LinkButton>
            </>
          }
        />
      </Panel>
    );
  return (
    <div className={styles.overview}>
      <Waiting task={task} />
      <CrowdNeeded task={task} />
      <NewerVersion task={task} />
      <Figures task={task} />
      <div className={styles.columns}>
        <Outcomes task={task} />
        <LiveCalls task={task} />
      </div>
      <ByLine task={task} />
      <VersionsCompared task={task} />
      <Lists task={task} />
    </div>
  );
}

/** How the task calls, and what follows its calls. */
function How({ task }: { task: Task }) {
  const how = useHowWords();
  const afterCall = useAfterCallWords();
  const { hang_up_message: message, push } = task;
  const follows = afterCall({
    message: message && { name: message.template_name, grades: message.grades },
    push: push && { how: push.how ?? "all", assigns: push.assigns ?? false, pushers: push.pushers },
  });
  return (
    <>
      {how(task)}
      {follows.map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
    </>
  );
}

function TaskView({ task }: { task: Task }) {
  const { t } = useTranslation();
  const now = useNowWords()(task, useCrowdLacking(task));
  return (
    <Page
      tab={task.name}
      above={
        <Breadcrumb
          className={styles.crumbs}
          items={[{ title: <Link to="/tasks">{t("menu.tasks")}</Link> }, { title: task.name }]}
        />
      }
      title={
        <span className={styles.title}>
          {task.name}
          <TaskStateLabel state={task.state} />
        </span>
      }
      about={
        <>
          {isWaiting(task) ? null : (
            <>
              <span role="status">{now}</span>
              <br />
            </>
          )}
          <How task={task} />
        </>
      }
      action={
        <>
          {task.customers > 0 ? <ImportButton task={task} /> : null}
          <DryRunButton task={task} />
          <CopyTask task={task} />
          <TaskActions task={task} />
        </>
      }
    >
      <Overview task={task} />
      <Outlet context={task} />
    </Page>
  );
}

export function TaskPage() {
  const { taskId = "" } = useParams();
  const interval = useFallbackInterval();
  const { data, error, refetch } = useQuery({
    ...queries.task(taskId),
    // No news comes while nothing happens, and then the pace falls and the end moves on.
    refetchInterval: ({ state }) => interval || (state.data?.state === "running" && PACE_EVERY_MS),
  });
  if (data) return <TaskView task={data} />;
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  return <PageSkeleton />;
}
