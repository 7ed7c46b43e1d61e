import type { QueryClient } from "@tanstack/react-query";
import type { LiveMessage, Page, Progress, Task, TaskSummary } from "./model";

const withProgress = (task: TaskSummary, progress: Progress): TaskSummary => ({
  ...task,
  state: progress.state,
  state_reason: progress.state_reason,
  waiting: progress.wait,
  customers: progress.customers,
  done: progress.done,
  called: progress.called,
  calls: progress.calls,
  connected: progress.connected,
  started_at: progress.started_at,
  finished_at: progress.finished_at,
});

/** Put a task's news into every answer that shows the task, without asking the server again. */
export function keepProgress(client: QueryClient, progress: Progress): void {
  client.setQueryData<Task>(["task", progress.task_id], (task) =>
    task ? ({ ...withProgress(task, progress), progress } as Task) : task,
  );
  client.setQueriesData<Page<TaskSummary>>({ queryKey: ["tasks"] }, (page) =>
    page
      ? {
          ...page,
          items: page.items.map((task) =>
            task.id === progress.task_id ? withProgress(task, progress) : task,
          ),
        }
      : page,
  );
}

export function keepNews(client: QueryClient, message: LiveMessage): void {
  if (message.type === "task") keepProgress(client, message.progress);
  if (message.type === "import") {
    void client.invalidateQueries({ queryKey: ["import", message.import_id] });
    void client.invalidateQueries({ queryKey: ["imports"] });
  }
  if (message.type === "export") {
    void client.invalidateQueries({ queryKey: ["export", message.export_id] });
    void client.invalidateQueries({ queryKey: ["exports"] });
  }
  if (message.type === "warning") void client.invalidateQueries({ queryKey: ["warnings"] });
  if (message.type === "line") {
    void client.invalidateQueries({ queryKey: ["lines"] });
    void client.invalidateQueries({ queryKey: ["test-call", message.line_id] });
  }
}
