import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Segmented, Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";
import type { ListedFilter, ListedNumber } from "@/api/model";
import { queries } from "@/api/queries";
import { useMay, useWhyNot } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { type List, useList } from "@/parts/lists/useList";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { Phone } from "@/parts/Phone";
import { SearchField } from "@/parts/SearchField";
import { Time } from "@/parts/Time";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { Origin } from "./Origin";
import { useNumberList } from "./useNumberList";

type Standing = NonNullable<ListedFilter["state"]>;
const STANDINGS: readonly Standing[] = ["listed", "removed", "all"];

function Why({ entry }: { entry: ListedNumber }) {
  const { t } = useTranslation();
  return (
    <>
      {entry.removed_at ? (
        <div>
          <Tag>{t("listedState.removed")}</Tag>
        </div>
      ) : null}
      <Origin entry={entry} />
    </>
  );
}

function useColumns(): ListColumn<ListedNumber>[] {
  const { t } = useTranslation();
  const { search } = useLocation();
  return [
    {
      title: t("customer.phone"),
      key: "phone",
      render: (_, entry) => (
        <>
          <Link to={{ pathname: `/do-not-call/${entry.id}`, search }}>
            <Phone number={entry.phone} />
          </Link>
          <span className="phone-only quiet">
            <Time at={entry.added_at} />
          </span>
        </>
      ),
    },
    { title: t("listed.why"), key: "why", render: (_, entry) => <Why entry={entry} /> },
    {
      title: t("listed.when"),
      key: "when",
      responsive: ["md"],
      render: (_, entry) => <Time at={entry.added_at} />,
    },
  ];
}

function AddButton() {
  const { t } = useTranslation();
  return (
    <LinkButton
      primary
      within
      to="/do-not-call/add"
      icon={<PlusOutlined />}
      whyNot={useWhyNot("add_do_not_call")}
    >
      {t("listed.add")}
    </LinkButton>
  );
}

function WhichList() {
  const { t } = useTranslation();
  const [list, choose] = useNumberList();
  if (!useMay("keep_installation")) return null;
  return (
    <Segmented
      value={list}
      aria-label={t("listed.which")}
      options={[
        { value: "own" as const, label: t("listed.own") },
        { value: "installation" as const, label: t("listed.installation") },
      ]}
      onChange={choose}
    />
  );
}

function ListFilters({ shown }: { shown: List<ListedNumber> }) {
  const { t } = useTranslation();
  const [standing, setStanding] = useAddressChoice("state", STANDINGS);
  const sees = useMay("see_numbers");
  return (
    <Filters label={t("filter.name")}>
      <WhichList />
      {sees ? <SearchField name="text" label={t("listed.search")} /> : null}
      <Select
        value={standing ?? "listed"}
        aria-label={t("listed.state")}
        style={{ minWidth: 140 }}
        options={STANDINGS.map((value) => ({ value, label: t(`listedState.${value}`) }))}
        onChange={(value) => setStanding(value === "listed" ? null : value)}
      />
      <ListTools list={shown} />
    </Filters>
  );
}

/** Who is never called: the company's list, and for the operator the installation's. */
export function DoNotCallPage() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [list] = useNumberList();
  const [standing] = useAddressChoice("state", STANDINGS);
  const [text] = useAddressFilter("text");
  const after = useCursor();
  const entries = useQuery(
    queries.listed(list, { state: standing ?? "listed", text, after, limit: PAGE_SIZE }),
  );
  const empty =
    text || standing ? (
      <EmptyState title={t("listed.noneFound")} hint={t("filter.noneHint")} />
    ) : (
      <EmptyState
        title={t("listed.none")}
        hint={t(list === "own" ? "listed.noneHint" : "listed.noneHintInstallation")}
        action={<AddButton />}
      />
    );
  const shown = useList("do_not_call", useColumns());
  return (
    <Page
      title={t("menu.doNotCall")}
      about={t(list === "own" ? "listed.about" : "listed.aboutInstallation")}
      action={<AddButton />}
    >
      <Panel padded={false}>
        <ListFilters shown={shown} />
        <ListTable
          label={t("menu.doNotCall")}
          query={entries}
          list={shown}
          empty={empty}
          open={(entry) => `/do-not-call/${entry.id}${search}`}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
