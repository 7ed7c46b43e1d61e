import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { NewTask as NewTaskBody } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { useFormProblem } from "@/parts/useFormProblem";
import { useSettled } from "@/parts/useSettled";
import { NewTaskSummary } from "./NewTaskSummary";

const FORM = "new-task";
const FIELDS = ["name", "script_id", "line_id", "concurrency"] as const;
const FIRST_CONCURRENCY = 5;
const SEARCH_MS = 250;

function ScriptChoice(props: { value?: string; onChange?: (id: string) => void; id?: string }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const scripts = useQuery(queries.scripts({ name: useSettled(name, SEARCH_MS), limit: 50 }));
  return (
    <Select
      {...props}
      showSearch={{ filterOption: false, onSearch: setName }}
      loading={scripts.isFetching}
      placeholder={t("newTask.scriptSearch")}
      notFoundContent={scripts.isPending ? t("state.loading") : t("newTask.noScript")}
      options={scripts.data?.items.map((script) => ({
        value: script.id,
        disabled: !script.published,
        label: script.published
          ? `${script.name} · ${t("script.version", { number: script.published.number })}`
          : `${script.name} · ${t("script.unpublished")}`,
      }))}
    />
  );
}

function LineChoice(props: { value?: string; onChange?: (id: string) => void; id?: string }) {
  const { t } = useTranslation();
  const lines = useQuery(queries.lines({ limit: 200 }));
  return (
    <Select
      {...props}
      showSearch={{ optionFilterProp: "label" }}
      loading={lines.isPending}
      placeholder={t("newTask.linePick")}
      notFoundContent={t("newTask.noLine")}
      options={lines.data?.items.map((line) => ({
        value: line.id,
        label: `${line.name} · ${t("line.channelCount", { count: line.channels })}`,
      }))}
    />
  );
}

function TaskFields() {
  const { t } = useTranslation();
  const required = (message: string) => [{ required: true, message }];
  return (
    <>
      <Form.Item name="name" label={t("task.name")} rules={required(t("newTask.nameMissing"))}>
        <Input autoFocus maxLength={120} placeholder={t("newTask.nameExample")} />
      </Form.Item>
      <Form.Item name="script_id" label={t("task.script")} rules={required(t("newTask.scriptMissing"))}>
        <ScriptChoice />
      </Form.Item>
      <Form.Item name="line_id" label={t("task.line")} rules={required(t("newTask.lineMissing"))}>
        <LineChoice />
      </Form.Item>
      <Form.Item
        name="concurrency"
        label={t("task.concurrency")}
        extra={t("newTask.concurrencyHint")}
        rules={required(t("newTask.concurrencyMissing"))}
      >
        <InputNumber min={1} max={1000} precision={0} style={{ width: 120 }} />
      </Form.Item>
    </>
  );
}

export function NewTask() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const whyNot = useWhyNotChange();
  const [form] = Form.useForm<NewTaskBody>();
  const faults = useFormProblem(form, FIELDS);
  const create = useMutation({
    mutationFn: requests.createTask,
    onSuccess: (task) => {
      client.setQueryData(queries.task(task.id).queryKey, task);
      void client.invalidateQueries({ queryKey: ["tasks"] });
      navigate(`/tasks/${task.id}`);
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  if (whyNot)
    return (
      <AddressDrawer title={t("task.new")} back="/tasks">
        <Alert type="warning" showIcon title={whyNot} />
      </AddressDrawer>
    );
  const footer = (
    <>
      <NewTaskSummary form={form} />
      <Button type="primary" form={FORM} htmlType="submit" loading={create.isPending}>
        {t("newTask.create")}
      </Button>
    </>
  );
  return (
    <AddressDrawer title={t("task.new")} back="/tasks" footer={footer} problem={faults.rest}>
      <Form
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ concurrency: FIRST_CONCURRENCY }}
        onFinish={(values) => create.mutate(values)}
      >
        <TaskFields />
      </Form>
    </AddressDrawer>
  );
}
