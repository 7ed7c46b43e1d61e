import { useQuery } from "@tanstack/react-query";
import type { Task } from "@/api/model";
import { queries } from "@/api/queries";

/** Whether the task can't start yet because its script has not passed before a crowd; not before that is known. */
export function useCrowdLacking(task: Task): boolean {
  const { script } = task;
  const needed = task.needs_crowd && task.state === "draft";
  const crowds = useQuery({ ...queries.crowds(script.id, { limit: 50 }), enabled: needed });
  if (!needed || !crowds.data) return false;
  return !crowds.data.items.some((one) => one.passed && one.script.version === script.version);
}
