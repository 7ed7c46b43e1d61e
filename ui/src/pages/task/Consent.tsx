import { CheckCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Radio, Timeline } from "antd";
import { useTranslation } from "react-i18next";
import type { ConsentNote, NewConsent, Task, TaskCustomer } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { useFormProblem } from "@/parts/useFormProblem";

const GIVEN = { icon: <CheckCircleOutlined />, color: "var(--state-connected)" };
const WITHDRAWN = { icon: <CloseCircleOutlined />, color: "var(--state-fault)" };

/** What holds of a customer's consent now. */
export function ConsentWord({ consent }: { consent: boolean | null }) {
  const { t } = useTranslation();
  if (consent === null) return <span className="quiet">{t("consentNote.none")}</span>;
  const { icon, color } = consent ? GIVEN : WITHDRAWN;
  return (
    <span>
      <span style={{ color }}>{icon}</span> {t(consent ? "consentNote.given" : "consentNote.withdrawn")}
    </span>
  );
}

function Note({ note }: { note: ConsentNote }) {
  const { t } = useTranslation();
  const who = note.noted_by ? t(`consentOrigin.${note.origin}`, { who: note.noted_by }) : "";
  return (
    <>
      <strong>{t(note.given ? "consentNote.given" : "consentNote.withdrawn")}</strong>
      {note.source ? <span> {note.source}</span> : null}
      <div className="quiet">
        <Time past at={note.noted_at} />
        {who ? ` · ${who}` : ""}
      </div>
    </>
  );
}

function useNoting(task: Task, customer: TaskCustomer) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<NewConsent>();
  const faults = useFormProblem(form, ["source"]);
  const note = useMutation({
    mutationFn: (consent: NewConsent) => requests.noteConsent(task.id, customer.id, consent),
    onSuccess: (history) => {
      client.setQueryData(queries.customerHistory(task.id, customer.id).queryKey, history);
      void client.invalidateQueries({ queryKey: ["customers", task.id] });
      form.resetFields();
      message.success(t("consentNote.done"));
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return { form, faults, note };
}

function NoteForm({ task, customer }: { task: Task; customer: TaskCustomer }) {
  const { t } = useTranslation();
  const whyNot = useWhyNotChange();
  const { form, faults, note } = useNoting(task, customer);
  return (
    <Form<NewConsent>
      form={form}
      layout="vertical"
      requiredMark={false}
      disabled={whyNot !== null}
      onFinish={(consent) => note.mutate(consent)}
    >
      <Form.Item
        name="given"
        label={t("consentNote.what")}
        rules={[{ required: true, message: t("form.missing") }]}
      >
        <Radio.Group
          options={[
            { value: true, label: t("consentNote.given") },
            { value: false, label: t("consentNote.withdrawn") },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="source"
        label={t("consentNote.source")}
        extra={t("consentNote.sourceHint")}
        rules={[{ required: true, whitespace: true, message: t("form.missing") }]}
      >
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      {faults.rest ? <ProblemNote error={faults.rest} /> : null}
      <Button htmlType="submit" loading={note.isPending}>
        {t("consentNote.note")}
      </Button>
      {whyNot ? <p className="quiet">{whyNot}</p> : null}
    </Form>
  );
}

interface Props {
  task: Task;
  customer: TaskCustomer;
  notes: readonly ConsentNote[];
}

/** What was noted of a customer's consent, the latest first, and noting more. */
export function Consent({ task, customer, notes }: Props) {
  return (
    <>
      {notes.length > 0 ? (
        <Timeline
          items={notes.map((note) => {
            const { icon, color } = note.given ? GIVEN : WITHDRAWN;
            return { key: note.noted_at, icon, color, content: <Note note={note} /> };
          })}
        />
      ) : null}
      <NoteForm task={task} customer={customer} />
    </>
  );
}
