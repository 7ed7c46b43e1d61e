import { CaretRightOutlined, FlagOutlined, PauseOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Space, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { keepProgress } from "@/api/live-cache";
import type { TaskState, TaskSummary } from "@/api/model";
import { asProblem } from "@/api/problem";
import { requests, type TaskVerb } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { useLocale } from "@/parts/useLocale";
import { count } from "./numbers";
import { useProblemWords } from "./problem-words";
import { useWayWords } from "./task-words";

const POSSIBLE: Record<TaskState, readonly TaskVerb[]> = {
  draft: ["start"],
  running: ["pause", "finish"],
  paused: ["resume", "finish"],
  finished: [],
};

const ICONS: Record<TaskVerb, ReactNode> = {
  start: <CaretRightOutlined />,
  pause: <PauseOutlined />,
  resume: <CaretRightOutlined />,
  finish: <FlagOutlined />,
};

function useCommand(task: TaskSummary) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const words = useProblemWords();
  return useMutation({
    mutationFn: (verb: TaskVerb) => requests.command(task.id, verb),
    onSuccess: (changed, verb) => {
      keepProgress(client, changed.progress);
      void client.invalidateQueries({ queryKey: ["tasks"] });
      message.success(t(`taskDone.${verb}`, { name: task.name }));
    },
    onError: (error) => {
      if (asProblem(error).code === "task-empty") {
        message.warning(t("task.startEmpty"));
        navigate(`/tasks/${task.id}/import`);
        return;
      }
      const { what, why } = words(error);
      message.error([what, why].filter(Boolean).join(" · "));
      void client.invalidateQueries({ queryKey: ["tasks"] });
      void client.invalidateQueries({ queryKey: ["task", task.id] });
    },
  });
}

/** Asks before something that rings people or can't be taken back; says in numbers what it will do. */
function useConfirmed(task: TaskSummary, run: (verb: TaskVerb) => Promise<unknown>) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { modal } = App.useApp();
  const way = useWayWords();
  const left = task.customers - task.done;
  const numbers = {
    name: task.name,
    left: count(left, locale),
    line: way(task),
    concurrency: count(task.concurrency, locale),
    count: left,
  };
  return (verb: TaskVerb) => {
    if (verb === "pause" || task.customers === 0) return void run(verb).catch(() => undefined);
    modal.confirm({
      title: t(`taskAsk.${verb}.title`, numbers),
      content: t(`taskAsk.${verb}.text`, numbers),
      okText: t(`taskVerb.${verb}`),
      okButtonProps: { danger: verb === "finish" },
      focusable: { autoFocusButton: verb === "finish" ? "cancel" : "ok" },
      onOk: () => run(verb).catch(() => undefined),
    });
  };
}

interface VerbButtonProps {
  verb: TaskVerb;
  name: string;
  compact: boolean;
  busy: boolean;
  blocked: boolean;
  whyNot: string | null;
  onPress: () => void;
}

function VerbButton({ verb, name, compact, busy, blocked, whyNot, onPress }: VerbButtonProps) {
  const { t } = useTranslation();
  const words = t(`taskVerb.${verb}`);
  const look = verb === "finish" ? "default" : "primary";
  return (
    <Tooltip title={whyNot ?? (compact ? words : null)}>
      <Button
        type={compact ? "text" : look}
        icon={ICONS[verb]}
        loading={busy}
        disabled={whyNot !== null || blocked}
        aria-label={compact ? t("task.verbOf", { verb: words, name }) : undefined}
        aria-description={whyNot ?? undefined}
        onClick={onPress}
      >
        {compact ? null : words}
      </Button>
    </Tooltip>
  );
}

interface Props {
  task: TaskSummary;
  compact?: boolean;
}

/** What can be done with a task as it stands: start, pause, resume, finish. */
export function TaskActions({ task, compact = false }: Props) {
  const command = useCommand(task);
  const press = useConfirmed(task, command.mutateAsync);
  const whyNot = useWhyNotChange();
  return (
    <Space size={4}>
      {POSSIBLE[task.state].map((verb) => (
        <VerbButton
          key={verb}
          verb={verb}
          name={task.name}
          compact={compact}
          busy={command.isPending && command.variables === verb}
          blocked={command.isPending}
          whyNot={whyNot}
          onPress={() => press(verb)}
        />
      ))}
    </Space>
  );
}
