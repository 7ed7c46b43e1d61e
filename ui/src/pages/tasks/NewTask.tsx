import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, type FormInstance, Input, Radio, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { whenLost } from "@/api/lost";
import type { NewTask as NewTaskBody, TaskChoices } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useKeyOf } from "@/api/useKeyOf";
import { useWhyNotChange } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";
import { ArmsField } from "./ArmsField";
import { type ArmWish, faultOf, totalOf } from "./arms";
import type { Copy, LeftOut } from "./copying";
import { MessageFields } from "./MessageFields";
import { NewTaskSummary } from "./NewTaskSummary";
import { PaceFields } from "./PaceFields";
import { PushFields } from "./PushFields";
import { RedialFields } from "./RedialFields";
import { ScriptChoice } from "./ScriptChoice";
import { Section } from "./Section";
import { useCopied } from "./useCopied";
import { WayFields } from "./WayFields";
import { WhenFields } from "./WhenFields";
import { bodyOf, firstWishes, seatsOf, type Wishes } from "./wishes";

const FORM = "new-task";
const WIDTH = 780;
const FIELDS = [
  "name",
  "script_id",
  "arms",
  "outbound",
  "line_ids",
  "policy_group_id",
  "seats",
  "mode",
  "concurrency",
  "lost_limit_percent",
  "hold_s",
  "start_mode",
  "calling_hours",
  "redial",
  "purpose",
  "scramble",
  "needs_crowd",
  "hang_up_message",
  "push",
] as const;

function ArmsChoice({ form }: { form: FormInstance<Wishes> }) {
  const { t } = useTranslation();
  const scriptId = Form.useWatch("script_id", form) ?? "";
  const { data: script } = useQuery({ ...queries.script(scriptId), enabled: scriptId !== "" });
  const published = script?.id === scriptId ? script.published?.number : undefined;
  const check = async (_: unknown, arms: ArmWish[] = []) => {
    const fault = faultOf(arms);
    if (fault) throw new Error(t(`armFault.${fault}`, { total: totalOf(arms) }));
  };
  return (
    <Form.Item name="arms" label={t("arms.label")} extra={t("arms.hint")} rules={[{ validator: check }]}>
      <ArmsField scriptId={scriptId} published={published} />
    </Form.Item>
  );
}

function WhatFields({ form }: { form: FormInstance<Wishes> }) {
  const { t } = useTranslation();
  const required = (message: string) => [{ required: true, message }];
  return (
    <>
      <Form.Item name="name" label={t("task.name")} rules={required(t("newTask.nameMissing"))}>
        <Input autoFocus maxLength={200} placeholder={t("newTask.nameExample")} />
      </Form.Item>
      <Form.Item name="script_id" label={t("task.script")} rules={required(t("newTask.scriptMissing"))}>
        <ScriptChoice
          onChange={() => {
            form.setFieldValue("arms", []);
            form.setFieldValue(["hang_up_message", "grades"], []);
            form.setFieldValue(["push", "pushers"], {});
          }}
        />
      </Form.Item>
      <ArmsChoice form={form} />
      <Form.Item name="purpose" label={t("newTask.purpose")} extra={t("newTask.purposeHint")}>
        <Radio.Group
          optionType="button"
          options={(["marketing", "service"] as const).map((value) => ({
            value,
            label: t(`purpose.${value}`),
          }))}
        />
      </Form.Item>
    </>
  );
}

function Sections({ form, choices }: { form: FormInstance<Wishes>; choices: TaskChoices }) {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t("newTaskPart.what")}>
        <WhatFields form={form} />
      </Section>
      <Section title={t("newTaskPart.way")}>
        <WayFields form={form} choices={choices} />
      </Section>
      <Section title={t("newTaskPart.pace")}>
        <PaceFields form={form} choices={choices} />
      </Section>
      <Section title={t("newTaskPart.when")}>
        <WhenFields choices={choices} />
      </Section>
      <Section title={t("newTaskPart.redial")} hint={t("redial.hint")}>
        <RedialFields />
      </Section>
      <Section title={t("newTaskPart.message")} hint={t("messages.afterCallHint")}>
        <MessageFields form={form} />
      </Section>
      <Section title={t("newTaskPart.push")} hint={t("push.hint")}>
        <PushFields form={form} />
      </Section>
      <Section title={t("newTaskPart.order")}>
        <Form.Item
          name="scramble"
          valuePropName="checked"
          label={t("newTask.scramble")}
          layout="horizontal"
          colon={false}
          extra={t("newTask.scrambleHint")}
        >
          <Switch size="small" />
        </Form.Item>
      </Section>
      <Section title={t("newTaskPart.proof")}>
        <Form.Item
          name="needs_crowd"
          valuePropName="checked"
          label={t("newTask.needsCrowd")}
          layout="horizontal"
          colon={false}
          extra={t("newTask.needsCrowdHint")}
        >
          <Switch size="small" />
        </Form.Item>
      </Section>
    </>
  );
}

const CREATE = ["create task"];

function useCreate(show: (problem: ReturnType<typeof asProblem>) => void) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { keyOf } = useKeyOf<NewTaskBody>();
  const { mutate, isPending } = useMutation({
    mutationKey: CREATE,
    mutationFn: (wishes: Wishes) => {
      const body = bodyOf(wishes);
      return requests.createTask(body, keyOf(body));
    },
    retry: whenLost,
    onSuccess: (task) => {
      client.setQueryData(queries.task(task.id).queryKey, task);
      void client.invalidateQueries({ queryKey: ["tasks"] });
      navigate(`/tasks/${task.id}`);
    },
    onError: (error) => show(asProblem(error)),
  });
  // A hasty second press comes before the button shows the first, and would lead to the task once more, later.
  const create = (wishes: Wishes) => {
    if (client.isMutating({ mutationKey: CREATE }) === 0) mutate(wishes);
  };
  return { create, isPending };
}

/** What of the old task could not be kept. */
function NotKept({ leftOut }: { leftOut: readonly LeftOut[] }) {
  const { t } = useTranslation();
  if (leftOut.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBlockEnd: 16 }}
      title={t("copyTask.leftOut")}
      description={
        <ul>
          {leftOut.map(({ what, name }) => (
            <li key={`${what} ${name}`}>{t(`copyLeftOut.${what}`, { name })}</li>
          ))}
        </ul>
      }
    />
  );
}

function TaskForm({ first, copy }: { first: TaskChoices; copy: Copy | null }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Wishes>();
  const faults = useFormProblem(form, FIELDS);
  const { create, isPending } = useCreate(faults.show);
  const seats = seatsOf(Form.useWatch([], form) ?? {});
  const choices = useQuery(queries.taskChoices(Math.max(1, seats))).data ?? first;
  const footer = (
    <>
      <NewTaskSummary form={form} choices={choices} />
      <Button type="primary" form={FORM} htmlType="submit" loading={isPending}>
        {t("newTask.create")}
      </Button>
    </>
  );
  return (
    <AddressDrawer title={t("task.new")} back="/tasks" width={WIDTH} footer={footer} problem={faults.rest}>
      <Form<Wishes>
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ block: "center", focus: true }}
        initialValues={copy ? copy.wishes : firstWishes(first)}
        onFinish={() => create(form.getFieldsValue(true))}
      >
        <NotKept leftOut={copy?.leftOut ?? []} />
        <Sections form={form} choices={choices} />
      </Form>
    </AddressDrawer>
  );
}

/** A new call task: one form in sections; name, script, line and seats are enough. An old task may be its beginning. */
export function NewTask() {
  const { t } = useTranslation();
  const { taskId } = useParams();
  const whyNot = useWhyNotChange();
  const choices = useQuery({ ...queries.taskChoices(1), enabled: whyNot === null });
  const copied = useCopied(whyNot === null ? taskId : undefined, choices.data);
  const [begun, setBegun] = useState<Copy | null>(null);
  // What is known of the old task may change while the form is filled in, which stays as it began.
  if (copied.copy && !begun) setBegun(copied.copy);
  const error = choices.error ?? copied.error;
  const retry = () => {
    copied.retry();
    if (choices.isError) void choices.refetch();
  };
  if (choices.data && (begun || !taskId)) return <TaskForm first={choices.data} copy={begun} />;
  return (
    <AddressDrawer title={t("task.new")} back="/tasks" width={WIDTH}>
      {whyNot ? <Alert type="warning" showIcon title={whyNot} /> : null}
      {error ? <ProblemNote error={error} retry={retry} /> : null}
      {whyNot || error ? null : <PageSkeleton />}
    </AddressDrawer>
  );
}
