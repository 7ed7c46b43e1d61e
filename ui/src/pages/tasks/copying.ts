import type { Line, ScriptDetail, Task, TaskChoices } from "@/api/model";
import { asProblem } from "@/api/problem";
import { firstWishes, type Wishes } from "./wishes";

/** What a copy leaves out, as it can't be chosen any more; `name` is the thing's own. */
export interface LeftOut {
  what: "script" | "version" | "line" | "group" | "seats";
  name: string;
}

export interface Copy {
  wishes: Partial<Wishes>;
  leftOut: LeftOut[];
}

interface Present {
  choices: TaskChoices;
  /** The lines that can be chosen. */
  lines: readonly Line[];
  /** The scripts that the task and its arms play, as far as they are there. */
  scripts: readonly ScriptDetail[];
  names: ReadonlySet<string>;
}

const MOST = 200;

/** Whether something is there no more, which a copy leaves out; anything else may answer when asked again. */
export const isGone = (error: unknown): boolean => asProblem(error).status === 404;

/** A name that no task has: the old one with the next number behind it. */
export function nextName(name: string, names: ReadonlySet<string>): string {
  const [, stem = name, last = "1"] = /^(.*?)(?: (\d{1,6}))?$/s.exec(name) ?? [];
  for (let number = Number(last) + 1; ; number += 1) {
    const behind = ` ${number}`;
    const next = stem.slice(0, MOST - behind.length) + behind;
    if (!names.has(next)) return next;
  }
}

const playable = (id: string, { scripts }: Present): boolean =>
  scripts.some((script) => script.id === id && script.published !== null && !script.archived);

function whatOf(task: Task, present: Present): Copy {
  const { script, arms } = task;
  if (!playable(script.id, present)) return { wishes: {}, leftOut: [{ what: "script", name: script.name }] };
  const gone = arms.filter((arm) => !playable(arm.script.id, present));
  return {
    wishes: {
      script_id: script.id,
      // Shares that no longer come to 100 % would be another comparison.
      arms:
        gone.length > 0
          ? []
          : arms.map((arm) => ({ script_id: arm.script.id, version: arm.script.version, share: arm.share })),
    },
    leftOut: gone.map((arm) => ({ what: "version", name: arm.script.name })),
  };
}

function wayOf(task: Task, { choices, lines }: Present): Copy {
  const { outbound, policy_group: group } = task;
  const there = choices.policy_groups.some(({ id, lines: many }) => id === group?.id && many > 0);
  const kept = task.lines.filter(({ id }) => lines.some((line) => line.id === id && line.kind === outbound));
  const gone = task.lines.filter((line) => !kept.includes(line));
  return {
    wishes: {
      outbound,
      line_ids: kept.map(({ id }) => id),
      policy_group_id: there && group ? group.id : null,
    },
    leftOut: [
      ...gone.map(({ name }): LeftOut => ({ what: "line", name })),
      ...(group && !there ? [{ what: "group" as const, name: group.name }] : []),
    ],
  };
}

function paceOf(task: Task, { choices }: Present): Copy {
  const first = firstWishes(choices);
  const enough = task.seats <= choices.seats_total;
  const seats = enough ? task.seats : first.seats;
  return {
    wishes: {
      seats,
      mode: task.mode,
      concurrency: task.mode === "multi" && enough ? task.concurrency : null,
    },
    leftOut: enough ? [] : [{ what: "seats", name: String(task.seats) }],
  };
}

/** What a form begins with that is to make a task like an old one, and what of that is no longer possible. */
export function copyOf(task: Task, present: Present): Copy {
  const parts = [whatOf(task, present), wayOf(task, present), paceOf(task, present)];
  const { lost_limit_percent, hold_s, start_mode, calling_hours, purpose, scramble, needs_crowd } = task;
  const redial = Object.fromEntries(
    Object.entries(task.redial).map(([outcome, rule]) => [
      outcome,
      { ...rule, interval_h: Number(rule.interval_h) },
    ]),
  );
  const { template_id, grades } = task.hang_up_message ?? {};
  const pushed = task.push ? { push: task.push } : {};
  const hang_up_message = template_id && grades ? { template_id, grades } : null;
  return {
    wishes: Object.assign(
      {
        ...firstWishes(present.choices),
        name: nextName(task.name, present.names),
        hang_up_message,
        ...pushed,
      },
      { lost_limit_percent, hold_s, start_mode, calling_hours, redial, purpose, scramble, needs_crowd },
      ...parts.map(({ wishes }) => wishes),
    ) as Partial<Wishes>,
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
  };
}
