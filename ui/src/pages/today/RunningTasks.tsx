import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TaskSummary } from "@/api/model";
import { queries } from "@/api/queries";
import { useFallbackInterval } from "@/app/LiveNews";
import { useMay } from "@/app/session";
import { DoneBar } from "@/parts/DoneBar";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { TaskStateLabel } from "@/parts/TaskStateLabel";
import { useWaitWords } from "@/parts/wait-words";
import styles from "./today.module.css";

const SHOWN = 6;

function Running({ task }: { task: TaskSummary }) {
  const waitWords = useWaitWords();
  return (
    <li className={styles.task}>
      <Link to={`/tasks/${task.id}`}>{task.name}</Link>
      <TaskStateLabel state={task.state} wait={waitWords(task.waiting)} />
      <DoneBar task={task} />
    </li>
  );
}

/** The tasks that call now, and how far each has come. */
export function RunningTasks({ running }: { running: number }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery({
    ...queries.tasks({ state: "running", name: "", after: null, limit: SHOWN }),
    // News come of tasks that are shown already, not of those that begin to run.
    refetchInterval: useFallbackInterval() || 15_000,
  });
  const changes = useMay("change_tasks");
  // Live news have one end before the list is asked anew.
  const tasks = data?.items.filter(({ state }) => state === "running");
  const all = running > SHOWN ? <Link to="/tasks?state=running">{t("today.allRunning")}</Link> : null;
  return (
    <Panel title={t("today.running")} extra={all}>
      {error && !tasks ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!tasks && !error ? <PageSkeleton rows={2} /> : null}
      {tasks?.length === 0 ? (
        <EmptyState
          title={t("today.noneRuns")}
          hint={t(changes ? "today.noneRunsHint" : "today.noneRunsYet")}
          action={<LinkButton to="/tasks">{t("call.toTasks")}</LinkButton>}
        />
      ) : null}
      <ul className={styles.list} aria-label={t("today.running")}>
        {tasks?.map((task) => (
          <Running key={task.id} task={task} />
        ))}
      </ul>
    </Panel>
  );
}
