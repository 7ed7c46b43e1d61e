import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Progress, Tooltip } from "antd";
import { type ComponentRef, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Move, Task } from "@/api/model";
import { isMoving, queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useMay } from "@/app/session";
import { count } from "@/parts/numbers";
import { ProblemNote } from "@/parts/ProblemPage";
import { useProblemWords } from "@/parts/problem-words";
import { hourAndMinute } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";
import styles from "./moving.module.css";
import { useKeepMove } from "./useMove";

const REFUSALS = [
  "do-not-call",
  "number-not-in-use",
  "variables-missing",
  "on-the-phone",
  "not-to-be-called",
  "still-to-call",
] as const;
const SHOWN_MS = 10 * 60 * 1000;

/** How many stay, and why; how many were there already. */
function useRest(): (move: Move) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ already, refused }) => {
    const parts = REFUSALS.flatMap((why) => {
      const many = refused[why] ?? 0;
      return many > 0 ? [t(`moveRefused.${why}`, { count: many, customers: count(many, locale) })] : [];
    });
    if (already > 0) parts.unshift(t("move.already", { count: already, customers: count(already, locale) }));
    return parts.join(" ");
  };
}

function useWhatHappened(): (move: Move) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return (move) => {
    const task = move.to_task?.name ?? "";
    if (isMoving(move)) return t(`move.${move.act}.underWay`, { task });
    if (move.state === "undone")
      return t("move.undone", { count: move.put_back, customers: count(move.put_back, locale) });
    const said = t(`move.${move.act}.done`, {
      count: move.moved,
      customers: count(move.moved, locale),
      task,
    });
    return move.state === "done" ? said : `${t(`moveState.${move.state as "failed" | "cancelled"}`)} ${said}`;
  };
}

function useActs(task: Task, move: Move) {
  const keep = useKeepMove(task);
  const words = useProblemWords();
  const { message } = App.useApp();
  const onError = (error: unknown) => {
    const { what, why, remedy } = words(error);
    void message.error([what, why, remedy].filter(Boolean).join(" "));
  };
  const handlers = { onSuccess: keep, onError };
  return {
    undo: useMutation({ mutationFn: () => requests.undoMove(task.id, move.id), ...handlers }),
    callOff: useMutation({ mutationFn: () => requests.callOffMove(task.id, move.id), ...handlers }),
  };
}

function MoveActs({ task, move }: { task: Task; move: Move }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const { undo, callOff } = useActs(task, move);
  const whyNot = task.state === "finished" ? t("move.undoFinished") : null;
  if (move.state === "waiting" || move.state === "running")
    return (
      <Button size="small" loading={callOff.isPending} onClick={() => callOff.mutate()}>
        {t("import.callOff")}
      </Button>
    );
  if (move.undo_until && Date.parse(move.undo_until) > now)
    return (
      <Tooltip title={whyNot}>
        <Button
          size="small"
          loading={undo.isPending}
          disabled={whyNot !== null}
          aria-description={whyNot ?? undefined}
          onClick={() => undo.mutate()}
        >
          {t("move.undo", { at: hourAndMinute(move.undo_until, locale) })}
        </Button>
      </Tooltip>
    );
  return null;
}

function MoveNote({ task, move, onClose }: { task: Task; move: Move; onClose: () => void }) {
  const { t } = useTranslation();
  const what = useWhatHappened()(move);
  const rest = useRest()(move);
  const moving = isMoving(move);
  const [begun] = useState(moving);
  const note = useRef<ComponentRef<typeof Alert>>(null);
  useEffect(() => {
    if (begun) note.current?.nativeElement.scrollIntoView({ block: "nearest" });
  }, [begun]);
  const percent = move.total > 0 ? Math.min(100, Math.round((100 * move.looked_at) / move.total)) : 0;
  const finished = { done: "success", failed: "error" } as const;
  const type = move.state === "done" || move.state === "failed" ? finished[move.state] : "info";
  return (
    <Alert
      ref={note}
      role="status"
      type={type}
      showIcon
      closable={moving ? false : { onClose, "aria-label": t("move.dismiss") }}
      title={what}
      description={
        moving ? (
          <Progress percent={percent} size="small" aria-label={what} />
        ) : (
          <>
            {rest}{" "}
            {move.to_task ? (
              <Link to={`/tasks/${move.to_task.id}?tab=customers`}>{move.to_task.name}</Link>
            ) : null}
          </>
        )
      }
      action={<MoveActs task={task} move={move} />}
    />
  );
}

/** Has lists and counts asked for again whenever a move gets on. */
function useRenewed(task: Task, moves: readonly Move[]) {
  const client = useQueryClient();
  const stand = moves.map(({ id, state, looked_at, put_back }) => [id, state, looked_at, put_back]).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: how the moves stand is what matters
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ["customers", task.id] });
    void client.invalidateQueries({ queryKey: ["task", task.id] });
  }, [client, task.id, stand]);
}

/** What was lately done with many customers of the task at once, by whomever; some of it can be undone. */
export function Moves({ task }: { task: Task }) {
  const { t } = useTranslation();
  const may = useMay("change_tasks");
  const now = useNow();
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const { data = [], error, refetch } = useQuery({ ...queries.moves(task.id), enabled: may });
  useRenewed(task, data);
  const shown = data.filter(
    (move) => !closed.has(move.id) && (!move.ended_at || Date.parse(move.ended_at) > now - SHOWN_MS),
  );
  if (shown.length === 0 && !error) return null;
  return (
    <div className={styles.moves}>
      {error ? <ProblemNote error={error} retry={() => void refetch()} lost={t("move.notShown")} /> : null}
      {shown.map((move) => (
        <MoveNote
          key={move.id}
          task={task}
          move={move}
          onClose={() => setClosed(new Set([...closed, move.id]))}
        />
      ))}
    </div>
  );
}
