import { useQuery } from "@tanstack/react-query";
import { Input, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChosenCustomers, Destination, Task } from "@/api/model";
import { queries } from "@/api/queries";
import { EmptyState } from "@/parts/EmptyState";
import { AllThatMatch } from "@/parts/lists/AllThatMatch";
import { count } from "@/parts/numbers";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { TaskStateLabel } from "@/parts/TaskStateLabel";
import { useLocale } from "@/parts/useLocale";
import { useSettled } from "@/parts/useSettled";
import styles from "./moving.module.css";
import { asked, useMove } from "./useMove";

const SEARCH_MS = 250;

interface Props {
  task: Task;
  chosen: ChosenCustomers;
  /** Whether it is all that match the list's filters. */
  all: boolean;
  customers: number;
  onAsked: () => void;
  onClose: () => void;
}

/** Why customers can't go into a task: it is finished, or its script needs what they lack. */
function useWhyNotInto(): (found: Destination) => string | null {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ why_not, lacks }) => {
    if (why_not === null) return null;
    if (why_not !== "variables-missing") return t("move.into.finished");
    const what = lacks.map((lack) =>
      t("move.into.lack", { label: lack.label, customers: count(lack.customers, locale) }),
    );
    return t("move.into.lacks", { what: new Intl.ListFormat(locale).format(what) });
  };
}

function Destinations({
  found,
  value,
  onChange,
}: {
  found: Destination[];
  value: string | null;
  onChange: (one: Destination) => void;
}) {
  const { t } = useTranslation();
  const whyNot = useWhyNotInto();
  return (
    <Radio.Group
      className={styles.destinations}
      aria-label={t("move.into.task")}
      value={value}
      onChange={(event) => {
        const one = found.find(({ id }) => id === event.target.value);
        if (one) onChange(one);
      }}
    >
      {found.map((one) => {
        const why = whyNot(one);
        return (
          <Radio key={one.id} value={one.id} disabled={why !== null}>
            <span className={styles.destination}>
              <span>
                {one.name} <TaskStateLabel state={one.state} />
              </span>
              <span className="quiet">{why ?? one.script}</span>
            </span>
          </Radio>
        );
      })}
    </Radio.Group>
  );
}

/** Chooses the task that customers go into, found by a part of its name. */
export function IntoTask({ task, chosen, all, customers, onAsked, onClose }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [name, setName] = useState("");
  // Another task is another wish; the same one sent again is not.
  const [to, setTo] = useState<{ task: Destination; wanted: ReturnType<typeof asked> } | null>(null);
  const query = useQuery(queries.destinations(task.id, chosen, useSettled(name, SEARCH_MS)));
  const moving = useMove(task, () => {
    onClose();
    onAsked();
  });
  const found = query.data;
  return (
    <Modal
      open
      title={t("move.into.title", { count: customers, customers: count(customers, locale) })}
      okText={to ? t("move.into.do", { task: to.task.name }) : t("move.into.choose")}
      okButtonProps={{ disabled: to === null }}
      confirmLoading={moving.isPending}
      onOk={() => to && moving.mutate(to.wanted)}
      onCancel={onClose}
    >
      {all ? <AllThatMatch filters={chosen} /> : null}
      <p className="quiet">{t("move.into.askText")}</p>
      <Input.Search
        allowClear
        autoFocus
        value={name}
        placeholder={t("move.into.search")}
        aria-label={t("move.into.search")}
        onChange={(event) => setName(event.target.value)}
      />
      {query.isPending ? <PageSkeleton /> : null}
      {query.isError && !found ? (
        <ProblemNote error={query.error} retry={() => void query.refetch()} />
      ) : null}
      {found?.length === 0 ? <EmptyState title={t("move.into.none")} hint={t("move.into.noneHint")} /> : null}
      {found?.length ? (
        <Destinations
          found={found}
          value={to?.task.id ?? null}
          onChange={(one) => setTo({ task: one, wanted: asked({ act: "into", chosen, to_task_id: one.id }) })}
        />
      ) : null}
      {moving.isError ? <ProblemNote error={moving.error} /> : null}
    </Modal>
  );
}
