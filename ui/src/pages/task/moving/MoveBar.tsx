import { useQuery } from "@tanstack/react-query";
import { App, Button, Tooltip } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChosenCustomers, Task } from "@/api/model";
import { queries } from "@/api/queries";
import { AllThatMatch } from "@/parts/lists/AllThatMatch";
import { count } from "@/parts/numbers";
import { useLocale } from "@/parts/useLocale";
import { IntoTask } from "./IntoTask";
import styles from "./moving.module.css";
import type { Choice } from "./useChoice";
import { asked, useMove } from "./useMove";

interface ActProps {
  children: ReactNode;
  whyNot: string | null;
  danger?: boolean;
  onClick: () => void;
}

function Act({ children, whyNot, danger = false, onClick }: ActProps) {
  return (
    <Tooltip title={whyNot}>
      <Button
        size="small"
        danger={danger}
        disabled={whyNot !== null}
        aria-description={whyNot ?? undefined}
        onClick={onClick}
      >
        {children}
      </Button>
    </Tooltip>
  );
}

/** Asks before customers are called again or taken out: how many it will be, and whether it can be undone. */
function useAsking(task: Task, chosen: ChosenCustomers, { all, clear }: Choice) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { modal } = App.useApp();
  const moving = useMove(task, clear);
  return (act: "again" | "out", meant: number) => {
    const wanted = asked({ act, chosen });
    modal.confirm({
      title: t(`move.${act}.ask`, { count: meant, customers: count(meant, locale) }),
      content: (
        <>
          {all ? <AllThatMatch filters={chosen} /> : null}
          <p>{t(`move.${act}.askText`)}</p>
        </>
      ),
      okText: t(`move.${act}.do`),
      okButtonProps: { danger: act === "out" },
      onOk: () => moving.mutateAsync(wanted).catch(() => undefined),
    });
  };
}

function Acts({ task, choice, chosen }: { task: Task; choice: Choice; chosen: ChosenCustomers }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [into, setInto] = useState(false);
  const { data: meant } = useQuery(queries.meantCustomers(task.id, chosen));
  const ask = useAsking(task, chosen, choice);
  const { customers = 0, still_to_call = 0, callable_again = 0 } = meant ?? {};
  const finished = task.state === "finished" ? t("callAgain.finished") : null;
  const number = (of: number) => (meant ? ` (${count(of, locale)})` : "");
  return (
    <>
      <strong role="status">
        {meant
          ? t("move.chosen", { count: customers, customers: count(customers, locale) })
          : t("state.loading")}
      </strong>
      <Act whyNot={customers === 0 ? t("move.nobody") : null} onClick={() => setInto(true)}>
        {t("move.into.open") + number(customers)}
      </Act>
      <Act
        whyNot={finished ?? (callable_again === 0 ? t("move.again.nobody") : null)}
        onClick={() => ask("again", callable_again)}
      >
        {t("move.again.open") + number(callable_again)}
      </Act>
      <Act
        danger
        whyNot={still_to_call === 0 ? t("move.out.nobody") : null}
        onClick={() => ask("out", still_to_call)}
      >
        {t("move.out.open") + number(still_to_call)}
      </Act>
      {into ? (
        <IntoTask
          task={task}
          chosen={chosen}
          all={choice.all}
          customers={customers}
          onAsked={choice.clear}
          onClose={() => setInto(false)}
        />
      ) : null}
    </>
  );
}

function ChooseAll({ task, filter, choice }: { task: Task; filter: ChosenCustomers; choice: Choice }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data } = useQuery(queries.meantCustomers(task.id, filter));
  if (!data || choice.all || data.customers === 0) return null;
  return (
    <Button size="small" type="link" onClick={choice.chooseAll}>
      {t("move.chooseAll", { count: data.customers, customers: count(data.customers, locale) })}
    </Button>
  );
}

/** What can be done with the chosen customers, and with how many of them. */
export function MoveBar({ task, filter, choice }: { task: Task; filter: ChosenCustomers; choice: Choice }) {
  const { t } = useTranslation();
  const { chosen } = choice;
  if (!chosen) return null;
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("move.name")}>
      <Acts task={task} choice={choice} chosen={chosen} />
      <span className={styles.end}>
        <ChooseAll task={task} filter={filter} choice={choice} />
        <Button size="small" type="text" onClick={choice.clear}>
          {t("move.clear")}
        </Button>
      </span>
    </div>
  );
}
