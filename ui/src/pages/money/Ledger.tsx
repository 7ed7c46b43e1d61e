import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type LedgerEntry, ledgerExportUrl, type MovementKind, moneyQueries } from "@/api/money";
import { queries } from "@/api/queries";
import { useMe } from "@/app/session";
import { DateInput } from "@/parts/DateInput";
import { EmptyState } from "@/parts/EmptyState";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { type List, useList } from "@/parts/lists/useList";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { Time } from "@/parts/Time";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { Amount, What } from "./Movement";
import styles from "./money.module.css";

const KINDS: readonly MovementKind[] = [
  "top_up",
  "charge",
  "hold",
  "release",
  "message_charge",
  "message_refund",
  "correction",
];

function useColumns(currency: string): ListColumn<LedgerEntry>[] {
  const { t } = useTranslation();
  return [
    {
      title: t("money.kind"),
      key: "kind",
      render: (_, entry) => (
        <>
          {t(`movement.${entry.kind}`)}
          <span className="phone-only quiet">
            <Time past at={entry.at} />
          </span>
        </>
      ),
    },
    {
      title: t("money.amount"),
      key: "amount",
      align: "right",
      render: (_, entry) => <Amount micros={entry.amount} currency={currency} />,
    },
    { title: t("money.what"), key: "what", render: (_, entry) => <What entry={entry} /> },
    {
      title: t("money.when"),
      key: "when",
      responsive: ["md"],
      render: (_, entry) => <Time past at={entry.at} />,
    },
  ];
}

function useWanted() {
  const [kind, setKind] = useAddressChoice("kind", KINDS);
  const [task_id, setTask] = useAddressFilter("task_id");
  const [first, setFirst] = useAddressFilter("first");
  const [last, setLast] = useAddressFilter("last");
  const wanted = { kind, task_id: task_id || null, first: first || null, last: last || null };
  return { wanted, setKind, setTask, setFirst, setLast };
}

/** Which movements: of a kind, of a task, of some days by the company's clock. */
function LedgerFilters({ list }: { list: List<LedgerEntry> }) {
  const { t } = useTranslation();
  const { wanted, setKind, setTask, setFirst, setLast } = useWanted();
  const tasks = useQuery(queries.tasks({ after: null, limit: 100 }));
  return (
    <Filters label={t("filter.name")}>
      <Select
        allowClear
        value={wanted.kind}
        placeholder={t("money.anyKind")}
        aria-label={t("money.kind")}
        style={{ minWidth: 170 }}
        options={KINDS.map((value) => ({ value, label: t(`movement.${value}`) }))}
        onChange={(value) => setKind(value)}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        value={wanted.task_id}
        placeholder={t("money.anyTask")}
        aria-label={t("spentBy.task")}
        style={{ minWidth: 170 }}
        options={(tasks.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(value) => setTask(value)}
      />
      <span className={styles.days}>
        <DateInput
          value={wanted.first ?? undefined}
          max={wanted.last ?? undefined}
          aria-label={t("money.first")}
          onChange={setFirst}
        />
        –
        <DateInput
          value={wanted.last ?? undefined}
          min={wanted.first ?? undefined}
          aria-label={t("money.last")}
          onChange={setLast}
        />
      </span>
      <Button icon={<DownloadOutlined />} href={ledgerExportUrl(wanted)} download>
        {t("money.export")}
      </Button>
      <ListTools list={list} />
    </Filters>
  );
}

/** Every movement of money, the newest first. */
export function Ledger() {
  const { t } = useTranslation();
  const { currency } = useMe().tenant;
  const after = useCursor();
  const { wanted } = useWanted();
  const entries = useQuery(moneyQueries.ledger({ ...wanted, after, limit: PAGE_SIZE }));
  const list = useList("ledger", useColumns(currency));
  const narrowed = Object.values(wanted).some(Boolean);
  return (
    <Panel padded={false}>
      <LedgerFilters list={list} />
      <ListTable
        label={t("money.ledger")}
        query={entries}
        list={list}
        empty={
          narrowed ? (
            <EmptyState title={t("money.noneFound")} hint={t("filter.noneHint")} />
          ) : (
            <EmptyState title={t("money.none")} hint={t("money.noneHint")} />
          )
        }
      />
    </Panel>
  );
}
