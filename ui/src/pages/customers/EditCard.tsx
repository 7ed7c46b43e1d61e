import { useQuery } from "@tanstack/react-query";
import { Alert, App, AutoComplete, Button, Form, Input, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bookQueries } from "@/api/book";
import type { CustomerCard } from "@/api/model";
import { asProblem, type Problem } from "@/api/problem";
import { queries } from "@/api/queries";
import { DateInput } from "@/parts/DateInput";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";
import styles from "./EditCard.module.css";
import { OwnFields } from "./OwnFields";
import { changed, type Typed, typedOf } from "./typed";
import { useChange } from "./useChange";
import { usePartWords } from "./usePartWords";

const MOST_NOTES = 10_000;
const PARTS = ["name", "category", "tags", "notes", "follow_up_at", "fields"] as const;

function useNowWords(card: CustomerCard): (parts: readonly string[]) => string[] {
  const { t } = useTranslation();
  const words = usePartWords();
  const now = typedOf(card);
  return (parts) =>
    parts.map((part) => {
      const value = part.startsWith("fields.")
        ? now.fields[part.slice("fields.".length)]
        : now[part as "name"];
      return `${words([part])}: ${(Array.isArray(value) ? value.join(", ") : value) || t("book.empty")}`;
    });
}

interface OvertakenProps {
  problem: Problem;
  card: CustomerCard;
  onKeep: () => void;
  onTake: () => void;
}

/** Somebody changed the same meanwhile: who, what it says now, and a choice; what was typed stays. */
function Overtaken({ problem, card, onKeep, onTake }: OvertakenProps) {
  const { t } = useTranslation();
  const words = usePartWords();
  const now = useNowWords(card);
  const parts = (problem.body.parts as string[] | undefined) ?? [];
  const who = problem.body.who === "A file" ? t("book.aFile") : String(problem.body.who);
  return (
    <Alert
      type="warning"
      showIcon
      title={t("book.changedWhat", { who, what: words(parts) })}
      description={
        <>
          {now(parts).map((line) => (
            <p key={line} style={{ overflowWrap: "anywhere" }}>
              {line}
            </p>
          ))}
          <Space wrap>
            <Button onClick={onKeep}>{t("book.keepMine")}</Button>
            <Button onClick={onTake}>{t("book.takeTheirs")}</Button>
          </Space>
        </>
      }
    />
  );
}

function useEditing(card: CustomerCard) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Typed>();
  const [seen, setSeen] = useState(card);
  const faults = useFormProblem(form, PARTS);
  const change = useChange(card, () => message.success(t("book.saved")));
  /** The form shows all of it, also what others changed of other parts: the next save is measured by that. */
  const show = (now: CustomerCard) => {
    form.setFieldsValue(typedOf(now));
    setSeen(now);
  };
  const send = (base: CustomerCard, revision: number) => {
    const typed = { ...typedOf(base), ...form.getFieldsValue() };
    change.mutate(
      { change: changed(base, typed), revision },
      { onSuccess: show, onError: (error) => faults.show(asProblem(error)) },
    );
  };
  const takeTheirs = () => {
    show(card);
    change.reset();
  };
  return { form, seen, change, send, takeTheirs, faults };
}

/** What is known of a customer, to be changed in place. */
export function EditCard({ card, disabled }: { card: CustomerCard; disabled: boolean }) {
  const { t } = useTranslation();
  const { form, seen, change, send, takeTheirs, faults } = useEditing(card);
  const choices = useQuery(queries.bookChoices());
  const own = useQuery(bookQueries.fields());
  const problem = change.error ? asProblem(change.error) : null;
  const overtaken = problem?.code === "customer-changed";
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      disabled={disabled}
      initialValues={typedOf(card)}
      style={{ marginBlockStart: 16 }}
      onFinish={() => send(seen, seen.revision)}
    >
      <Form.Item name="name" label={t("customer.name")}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="category" label={t("book.category")}>
        <AutoComplete
          options={(choices.data?.categories ?? []).map((value) => ({ value }))}
          showSearch={{ filterOption: true }}
        />
      </Form.Item>
      <Form.Item name="tags" label={t("book.tags")}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，"]} maxCount={30} />
      </Form.Item>
      <Form.Item name="follow_up_at" label={t("book.followUp")}>
        <DateInput time />
      </Form.Item>
      <Form.Item name="notes" label={t("book.notes")}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} maxLength={MOST_NOTES} />
      </Form.Item>
      <OwnFields card={card} fields={own.data ?? []} />
      {disabled ? null : (
        <div className={styles.save}>
          {problem && overtaken ? (
            <Overtaken
              problem={problem}
              card={card}
              onKeep={() => send(seen, card.revision)}
              onTake={takeTheirs}
            />
          ) : null}
          {faults.rest && !overtaken ? <ProblemNote error={faults.rest} /> : null}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t("book.save")}
          </Button>
        </div>
      )}
    </Form>
  );
}
