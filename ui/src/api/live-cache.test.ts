import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { keepNews } from "./live-cache";
import type { Page, Progress, Task, TaskSummary } from "./model";

const progress = {
  task_id: "t1",
  state: "running",
  state_reason: "",
  customers: 20,
  done: 8,
  called: 7,
  calls: 9,
  connected: 3,
} as Progress;
const summary = (id: string) =>
  ({
    id,
    name: id,
    state: "draft",
    customers: 20,
    done: 0,
    called: 0,
    calls: 0,
    connected: 0,
  }) as TaskSummary;

it("puts a task's news into every answer that shows it, and touches no other task", () => {
  const client = new QueryClient();
  const filters = [{ state: null }, { name: "x" }];
  for (const filter of filters)
    client.setQueryData(["tasks", filter], { items: [summary("t1"), summary("t2")], next: null });
  client.setQueryData(["task", "t1"], { ...summary("t1"), grades: ["A"] });
  keepNews(client, { type: "task", task_id: "t1", progress });

  for (const filter of filters) {
    const page = client.getQueryData<Page<TaskSummary>>(["tasks", filter]);
    expect(page?.items[0]).toMatchObject({
      name: "t1",
      state: "running",
      done: 8,
      called: 7,
      calls: 9,
      connected: 3,
    });
    expect(page?.items[1]).toEqual(summary("t2"));
  }
  expect(client.getQueryData<Task>(["task", "t1"])).toMatchObject({
    state: "running",
    grades: ["A"],
    progress,
  });
});

it("asks for nothing that no page shows", () => {
  const client = new QueryClient();
  keepNews(client, { type: "task", task_id: "t1", progress });
  expect(client.getQueryData(["task", "t1"])).toBeUndefined();
});
