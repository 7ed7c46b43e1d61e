import { useQueries, useQuery } from "@tanstack/react-query";
import type { TaskChoices } from "@/api/model";
import { queries } from "@/api/queries";
import { type Copy, copyOf, isGone } from "./copying";

const MANY = { limit: 200 };

interface Copied {
  copy: Copy | null;
  error: unknown;
  retry: () => void;
}

/** An old task as the beginning of another; nothing before all is known that it depends on. */
export function useCopied(taskId: string | undefined, choices: TaskChoices | undefined): Copied {
  const enabled = taskId !== undefined;
  const task = useQuery({ ...queries.task(taskId ?? ""), enabled });
  const lines = useQuery({ ...queries.lines(MANY), enabled });
  const alike = useQuery({
    ...queries.tasks({ ...MANY, name: (task.data?.name ?? "").replace(/ \d{1,6}$/, "") }),
    enabled: task.data !== undefined,
  });
  const ids = task.data ? [task.data.script.id, ...task.data.arms.map(({ script }) => script.id)] : [];
  const scripts = useQueries({
    queries: [...new Set(ids)].map((id) => ({ ...queries.script(id), retry: false })),
  });
  const parts = [task, lines, alike];
  const failed = [...parts, ...scripts.filter(({ error }) => error && !isGone(error))].filter(
    (one) => one.isError,
  );
  const asked = scripts.every((one) => !one.isPending);
  const known = task.data && lines.data && alike.data && choices && asked && failed.length === 0;
  return {
    copy: known
      ? copyOf(task.data, {
          choices,
          lines: lines.data.items,
          scripts: scripts.flatMap(({ data }) => (data ? [data] : [])),
          names: new Set(alike.data.items.map(({ name }) => name)),
        })
      : null,
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const one of failed) void one.refetch();
    },
  };
}
