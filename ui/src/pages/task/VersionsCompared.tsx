import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Select, Skeleton, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ArmFigures, Comparison, Measure, Task } from "@/api/model";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { letterOf } from "@/parts/letter";
import { count } from "@/parts/numbers";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useProblemWords } from "@/parts/problem-words";
import { exactTime } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import styles from "./TaskPage.module.css";
import { useVerdictWords } from "./verdict-words";

const LOOK_EVERY_MS = 15_000;
const MEASURES: readonly Measure[] = ["grade", "connected", "opt_out", "talk"];

interface Row extends ArmFigures {
  letter: string;
}

function Estimated({ row, measure }: { row: Row; measure: Measure }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const found = row.measures[measure];
  const worded = (value: number) => {
    const shown = (measure === "talk" ? value : value * 100).toLocaleString(locale, {
      maximumFractionDigits: 1,
    });
    return measure === "talk"
      ? t("compared.length", { value: shown })
      : t("compared.share", { share: shown });
  };
  if (!found || found.value === null) return <span className="quiet">–</span>;
  const { interval } = found;
  return (
    <>
      {worded(found.value)}
      <div className="quiet">
        {interval
          ? `(${t("compared.interval", { low: worded(interval.low), high: worded(interval.high) })})`
          : " "}
      </div>
    </>
  );
}

function useGiveRest(task: Task) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const client = useQueryClient();
  const words = useProblemWords();
  const give = useMutation({
    mutationFn: ({ arm }: Row) => requests.giveRestTo(task.id, arm.id),
    onSuccess: ({ moved }, { letter }) => {
      message.success(t("compared.gave", { count: moved, letter }));
      void client.invalidateQueries({ queryKey: ["comparison", task.id] });
      void client.invalidateQueries({ queryKey: ["task", task.id] });
    },
    onError: (error) => message.error(words(error).what),
  });
  return (row: Row) =>
    modal.confirm({
      title: t("compared.chooseTitle", { letter: row.letter }),
      content: t("compared.chooseText", { letter: row.letter }),
      okText: t("compared.choose", { letter: row.letter }),
      onOk: () => give.mutateAsync(row).catch(() => undefined),
    });
}

function Arms({ task, found }: { task: Task; found: Comparison }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const whyNot = useWhyNotChange();
  const give = useGiveRest(task);
  const rows = found.arms.map((arm, place): Row => ({ ...arm, letter: letterOf(place) }));
  const settled = (row: Row) => row.arm.settled_at;
  return (
    <Table<Row>
      size="small"
      rowKey={({ arm }) => arm.id}
      dataSource={rows}
      pagination={false}
      scroll={{ x: "max-content" }}
      columns={[
        {
          title: t("compared.arm"),
          render: (_, row) => (
            <>
              <b>{row.letter}</b> {row.arm.script.name} ·{" "}
              {t("script.version", { number: row.arm.script.version })}
              <div className="quiet">
                {t("compared.share", { share: row.arm.share })}
                {settled(row)
                  ? ` · ${t("compared.chosen", { when: exactTime(settled(row) ?? "", locale) })}`
                  : ""}
              </div>
            </>
          ),
        },
        {
          title: t("compared.called"),
          render: (_, row) => (
            <>
              {count(row.called, locale)}{" "}
              {t("compared.calledOf", { customers: count(row.customers, locale) })}
              <div className="quiet">{row.lost > 0 ? t("compared.lost", { count: row.lost }) : " "}</div>
            </>
          ),
        },
        ...MEASURES.map((measure) => ({
          title: t(`measure.${measure}`),
          render: (_: unknown, row: Row) => <Estimated row={row} measure={measure} />,
        })),
        {
          key: "choose",
          render: (_, row) =>
            task.state === "finished" || settled(row) ? null : (
              <Button
                size="small"
                disabled={whyNot !== null}
                title={whyNot ?? undefined}
                onClick={() => give(row)}
              >
                {t("compared.choose", { letter: row.letter })}
              </Button>
            ),
        },
      ]}
    />
  );
}

function GoodGrades({
  found,
  good,
  onChange,
}: {
  found: Comparison | undefined;
  good: string[];
  onChange: (grades: string[]) => void;
}) {
  const { t } = useTranslation();
  const grades = [...new Set((found?.arms ?? []).flatMap((arm) => arm.grades))];
  return (
    <Select
      mode="multiple"
      size="small"
      aria-label={t("compared.goodChoice")}
      prefix={t("compared.good")}
      placeholder={t("compared.goodFirst")}
      value={good}
      onChange={onChange}
      options={grades.map((value) => ({ value, label: value }))}
      style={{ minWidth: 240 }}
    />
  );
}

function Verdicts({ found }: { found: Comparison }) {
  const { t } = useTranslation();
  const words = useVerdictWords();
  return (
    <div className={styles.verdicts} role="status">
      {words(found).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p className="quiet">
        {t("compared.whatFor")} {found.complete ? null : t("compared.early")}
      </p>
    </div>
  );
}

/** The versions that a task is split over, beside one another, and what may be said of them for certain. */
export function VersionsCompared({ task }: { task: Task }) {
  const { t } = useTranslation();
  const [good, setGood] = useState<string[]>([]);
  const { data, error, refetch } = useQuery({
    ...queries.comparison(task.id, good),
    placeholderData: keepPreviousData,
    refetchInterval: task.state === "running" ? LOOK_EVERY_MS : false,
    enabled: task.arms.length > 0,
  });
  if (task.arms.length === 0) return null;
  return (
    <Panel
      title={t("compared.title")}
      extra={<GoodGrades found={data} good={good} onChange={setGood} />}
      className={styles.compared}
    >
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {data ? (
        <>
          <Verdicts found={data} />
          <Arms task={task} found={data} />
        </>
      ) : null}
      {data || error ? null : <Skeleton active />}
    </Panel>
  );
}
