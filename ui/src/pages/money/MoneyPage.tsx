import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { type Balance, moneyQueries } from "@/api/money";
import { useMay, useWhyNot } from "@/app/session";
import { money } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { SendsNothingNote } from "@/parts/SendsNothing";
import { useAddressChoice } from "@/parts/useAddressFilter";
import { useLocale } from "@/parts/useLocale";
import { Ledger } from "./Ledger";
import styles from "./money.module.css";
import { Spending } from "./Spending";

const REFRESH_MS = 15_000;
const VIEWS = ["ledger", "spending"] as const;

function Figures({ balance }: { balance: Balance }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const amount = (micros: number) => money(micros, balance.currency, locale);
  return (
    <Panel padded={false}>
      <dl className={styles.figures}>
        <div>
          <dt>{t("money.available")}</dt>
          <dd className={balance.available <= 0 ? styles.empty : ""}>{amount(balance.available)}</dd>
          <dd className="quiet">{t(balance.available <= 0 ? "money.emptyNote" : "money.availableNote")}</dd>
        </div>
        <div>
          <dt>{t("money.held")}</dt>
          <dd>{amount(balance.held)}</dd>
          <dd className="quiet">{t("money.heldNote")}</dd>
        </div>
      </dl>
    </Panel>
  );
}

function Views() {
  const { t } = useTranslation();
  const [view, setView] = useAddressChoice("view", VIEWS);
  return (
    <>
      <div>
        <Segmented
          value={view ?? "ledger"}
          aria-label={t("money.view")}
          options={VIEWS.map((value) => ({ value, label: t(`money.${value}`) }))}
          onChange={(value) => setView(value === "ledger" ? null : value)}
        />
      </div>
      {view === "spending" ? <Spending /> : <Ledger />}
    </>
  );
}

/** What the company has, what it spent and on what. */
export function MoneyPage() {
  const { t } = useTranslation();
  const reads = useMay("read_money");
  const whyNot = useWhyNot("read_money");
  const { data, error, refetch } = useQuery({ ...moneyQueries.balance(), refetchInterval: REFRESH_MS });
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <Page title={t("menu.money")} about={t("money.about")}>
      <div className={styles.stack}>
        <Figures balance={data} />
        <SendsNothingNote />
        {reads ? <Views /> : <p className="quiet">{t("money.ledgerNot", { why: whyNot })}</p>}
      </div>
    </Page>
  );
}
