import { useQuery } from "@tanstack/react-query";
import { Segmented, Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { moneyQueries, type Spent, type SpentBy } from "@/api/money";
import { useMe } from "@/app/session";
import { DateInput } from "@/parts/DateInput";
import { EmptyState } from "@/parts/EmptyState";
import { count, money } from "@/parts/numbers";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Filters, Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { useLocale } from "@/parts/useLocale";
import styles from "./money.module.css";

const BY: readonly SpentBy[] = ["task", "line", "day"];
const PATHS = { task: "/tasks", line: "/lines" } as const;

/** What a row is called that has no name: messages have no line, test calls no task; others were removed. */
function nameless({ id, messages }: Spent) {
  if (id) return "money.gone" as const;
  return messages > 0 ? ("money.messagesRow" as const) : ("money.testCall" as const);
}

function Name({ row, by }: { row: Spent; by: SpentBy }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (by === "day")
    return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(
      new Date(`${row.day}T00:00:00Z`),
    );
  return row.name ? (
    <Link to={`${PATHS[by]}/${row.id}`}>{row.name}</Link>
  ) : (
    <span className="quiet">{t(nameless(row))}</span>
  );
}

function Sums({ rows, by }: { rows: readonly Spent[]; by: SpentBy }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { currency } = useMe().tenant;
  const total = rows.reduce((sum, { amount }) => sum + amount, 0);
  const calls = rows.reduce((sum, row) => sum + row.calls, 0);
  const messages = rows.reduce((sum, row) => sum + row.messages, 0);
  const amount = (micros: number) => <span className="number">{money(micros, currency, locale)}</span>;
  const number = (value: number) => <span className="number">{count(value, locale)}</span>;
  return (
    <Table<Spent>
      aria-label={t("money.spending")}
      rowKey={({ id, day, messages }) => id ?? day ?? `none-${messages > 0}`}
      scroll={{ x: "max-content" }}
      size="middle"
      pagination={false}
      dataSource={[...rows]}
      columns={[
        { title: t(`spentBy.${by}`), key: "name", render: (_, row) => <Name row={row} by={by} /> },
        { title: t("money.calls"), dataIndex: "calls", align: "right", render: number },
        { title: t("money.messages"), dataIndex: "messages", align: "right", render: number },
        { title: t("money.spent"), dataIndex: "amount", align: "right", render: amount },
      ]}
      summary={() => (
        <Table.Summary.Row>
          <Table.Summary.Cell index={0}>
            <strong>{t("money.total")}</strong>
          </Table.Summary.Cell>
          <Table.Summary.Cell index={1} align="right">
            <strong>{number(calls)}</strong>
          </Table.Summary.Cell>
          <Table.Summary.Cell index={2} align="right">
            <strong>{number(messages)}</strong>
          </Table.Summary.Cell>
          <Table.Summary.Cell index={3} align="right">
            <strong>{amount(total)}</strong>
          </Table.Summary.Cell>
        </Table.Summary.Row>
      )}
    />
  );
}

/** What calls and messages cost: by task, by line or by day, over some days by the company's clock. */
export function Spending() {
  const { t } = useTranslation();
  const [chosen, setBy] = useAddressChoice("by", BY);
  const [first, setFirst] = useAddressFilter("first");
  const [last, setLast] = useAddressFilter("last");
  const by = chosen ?? "task";
  const { data, error, refetch } = useQuery(moneyQueries.spending({ by, first, last }));
  return (
    <Panel padded={false}>
      <Filters label={t("filter.name")}>
        <Segmented
          value={by}
          aria-label={t("money.by")}
          options={BY.map((value) => ({ value, label: t(`spentBy.${value}`) }))}
          onChange={setBy}
        />
        <span className={styles.days}>
          <DateInput
            value={first}
            max={last || undefined}
            aria-label={t("money.first")}
            onChange={setFirst}
          />
          –
          <DateInput value={last} min={first || undefined} aria-label={t("money.last")} onChange={setLast} />
          <span className="quiet">{first || last ? "" : t("money.lastDays")}</span>
        </span>
      </Filters>
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data?.length === 0 ? (
        <EmptyState title={t("money.nothingSpent")} hint={t("money.nothingSpentHint")} />
      ) : null}
      {data && data.length > 0 && !error ? <Sums rows={data} by={by} /> : null}
    </Panel>
  );
}
