import { PhoneOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";
import type { Line } from "@/api/model";
import { queries } from "@/api/queries";
import { useMe, useWhyNoNewLine, useWhyNoTestCall } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { type List, useList } from "@/parts/lists/useList";
import { count, money } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { Phone } from "@/parts/Phone";
import { useAddressChoice } from "@/parts/useAddressFilter";
import { useLocale } from "@/parts/useLocale";
import { LineExpiry, LineHealth } from "./LineHealth";
import { LineStatus } from "./LineStatus";
import styles from "./lines.module.css";
import { useRegionWords } from "./place-names";

const REFRESH_MS = 10_000;

function TestCallButton({ line }: { line: Line }) {
  const { t } = useTranslation();
  const whyNot = useWhyNoTestCall();
  if (line.retired_at) return null;
  return (
    <LinkButton within to={`/lines/${line.id}/test-call`} icon={<PhoneOutlined />} whyNot={whyNot}>
      {t("testCall.open")}
    </LinkButton>
  );
}

/** How the line stands; where the screen is too narrow for a column of buttons, the button too. */
function StatusCell({ line }: { line: Line }) {
  return (
    <>
      <LineStatus line={line} />
      <div className={styles.status}>
        <LineHealth line={line} />
        <LineExpiry line={line} />
      </div>
      <div className={styles.narrow}>
        <TestCallButton line={line} />
      </div>
    </>
  );
}

function NameCell({ line }: { line: Line }) {
  const { t } = useTranslation();
  const regionWords = useRegionWords();
  return (
    <div className={styles.name}>
      <Link to={`/lines/${line.id}`}>
        <strong>{line.name}</strong>
      </Link>
      <div className="quiet">
        {[t(`lineKind.${line.kind}`), regionWords(line.home)].filter(Boolean).join(" · ")}
      </div>
    </div>
  );
}

function NumberCell({ line }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <>
      <Phone number={line.caller_number} />
      {line.more_numbers.length > 0 ? (
        <div className="quiet">{t("line.andMore", { count: line.more_numbers.length })}</div>
      ) : null}
    </>
  );
}

function useColumns(): ListColumn<Line>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const { currency } = useMe().tenant;
  return [
    { title: t("line.name"), key: "name", render: (_, line) => <NameCell line={line} /> },
    {
      title: t("line.callerNumber"),
      key: "caller",
      responsive: ["lg"],
      render: (_, line) => <NumberCell line={line} />,
    },
    { title: t("line.status"), key: "status", render: (_, line) => <StatusCell line={line} /> },
    {
      title: t("line.inUse"),
      key: "in_use",
      responsive: ["md"],
      align: "right",
      render: (_, line) => (
        <span className="number unbroken">
          {count(line.in_use, locale)} / {count(line.channels, locale)}
        </span>
      ),
    },
    {
      title: t("line.priceShort"),
      key: "price",
      responsive: ["lg"],
      align: "right",
      render: (_, line) => <span className="number">{money(line.price_per_minute, currency, locale)}</span>,
    },
    { key: "test", align: "right", responsive: ["md"], render: (_, line) => <TestCallButton line={line} /> },
  ];
}

function NewLineButton() {
  const { t } = useTranslation();
  return (
    <LinkButton primary within to="/lines/new" icon={<PlusOutlined />} whyNot={useWhyNoNewLine()}>
      {t("line.new")}
    </LinkButton>
  );
}

const KEPT = ["active", "retired"] as const;

function LineFilters({ list }: { list: List<Line> }) {
  const { t } = useTranslation();
  const [kept, setKept] = useAddressChoice("kept", KEPT);
  return (
    <Filters label={t("filter.name")}>
      <Segmented
        value={kept ?? "active"}
        aria-label={t("line.kept")}
        options={KEPT.map((value) => ({ value, label: t(`lineKept.${value}`) }))}
        onChange={(value) => setKept(value === "active" ? null : value)}
      />
      <ListTools list={list} />
    </Filters>
  );
}

export function LinesPage() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const after = useCursor();
  const [kept] = useAddressChoice("kept", KEPT);
  const retired = kept === "retired";
  const lines = useQuery({
    ...queries.lines({ retired, after, limit: PAGE_SIZE }),
    refetchInterval: REFRESH_MS,
  });
  const empty = retired ? (
    <EmptyState title={t("line.noneRetired")} hint={t("line.noneRetiredHint")} />
  ) : (
    <EmptyState title={t("line.none")} hint={t("line.noneHint")} action={<NewLineButton />} />
  );
  const list = useList("lines", useColumns());
  return (
    <Page title={t("menu.lines")} about={t("line.about")} action={<NewLineButton />}>
      <Panel padded={false}>
        <LineFilters list={list} />
        <ListTable
          label={t("menu.lines")}
          query={lines}
          list={list}
          open={(line) => `/lines/${line.id}${search}`}
          empty={empty}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
