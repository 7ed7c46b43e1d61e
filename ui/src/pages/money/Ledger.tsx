import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type LedgerEntry, ledgerExportUrl, type MovementKind, moneyQueries } from "@/api/money";
import { useMe } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { useList } from "@/parts/lists/useList";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { Time } from "@/parts/Time";
import { useAddressChoice } from "@/parts/useAddressFilter";
import { Amount, What } from "./Movement";

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

/** Every movement of money, the newest first. */
export function Ledger() {
  const { t } = useTranslation();
  const { currency } = useMe().tenant;
  const after = useCursor();
  const [kind, setKind] = useAddressChoice("kind", KINDS);
  const entries = useQuery(moneyQueries.ledger({ kind, after, limit: PAGE_SIZE }));
  const list = useList("ledger", useColumns(currency));
  return (
    <Panel padded={false}>
      <Filters label={t("filter.name")}>
        <Select
          allowClear
          value={kind}
          placeholder={t("money.anyKind")}
          aria-label={t("money.kind")}
          style={{ minWidth: 170 }}
          options={KINDS.map((value) => ({ value, label: t(`movement.${value}`) }))}
          onChange={(value) => setKind(value)}
        />
        <Button icon={<DownloadOutlined />} href={ledgerExportUrl(kind)} download>
          {t("money.export")}
        </Button>
        <ListTools list={list} />
      </Filters>
      <ListTable
        label={t("money.ledger")}
        query={entries}
        list={list}
        empty={
          kind ? (
            <EmptyState title={t("money.noneFound")} hint={t("filter.noneHint")} />
          ) : (
            <EmptyState title={t("money.none")} hint={t("money.noneHint")} />
          )
        }
      />
    </Panel>
  );
}
