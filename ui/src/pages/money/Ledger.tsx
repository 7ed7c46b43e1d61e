import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { ledgerExportUrl, type MovementKind, moneyQueries } from "@/api/money";
import { useMe } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { ListTable } from "@/parts/ListTable";
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

/** Every movement of money, the newest first. */
export function Ledger() {
  const { t } = useTranslation();
  const { currency } = useMe().tenant;
  const after = useCursor();
  const [kind, setKind] = useAddressChoice("kind", KINDS);
  const entries = useQuery(moneyQueries.ledger({ kind, after, limit: PAGE_SIZE }));
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
      </Filters>
      <ListTable
        label={t("money.ledger")}
        query={entries}
        columns={[
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
        ]}
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
