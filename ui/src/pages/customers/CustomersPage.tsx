import { useQuery } from "@tanstack/react-query";
import { Segmented, Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";
import { bookQueries } from "@/api/book";
import type { BookCustomer, NewExport } from "@/api/model";
import { queries } from "@/api/queries";
import { given } from "@/api/requests";
import { useMay } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { ExportButton } from "@/parts/exports/ExportButton";
import { Grade } from "@/parts/Grade";
import { LinkButton } from "@/parts/LinkButton";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { type List, useList } from "@/parts/lists/useList";
import { GradeFilter, PhoneStateFilter } from "@/parts/OutcomeFilters";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { Phone } from "@/parts/Phone";
import { PHONE_STATES, PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { SearchField } from "@/parts/SearchField";
import { Time } from "@/parts/Time";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { BulkBar } from "./bulk/BulkBar";
import { useChosen } from "./bulk/useBulk";
import { ownerOf, useWhose, WHOSE } from "./useWhose";

const ORDERS = ["newest", "name", "called", "follow_up"] as const;

function useBookFilter() {
  const [whose] = useWhose();
  const [text] = useAddressFilter("text");
  const [category] = useAddressFilter("category");
  const [tag] = useAddressFilter("tag");
  const [phone_state] = useAddressChoice("phone_state", PHONE_STATES);
  const [grade] = useAddressFilter("grade");
  const [field] = useAddressFilter("field");
  const [order] = useAddressChoice("order", ORDERS);
  const asked = { text, category, tag, phone_state, grade, field };
  const any = Object.values(asked).some(Boolean) || order === "called" || order === "follow_up";
  return {
    filter: { ...given(asked), ...given({ owner: ownerOf[whose] }) },
    order: order ?? "newest",
    any,
    whose,
  };
}

/** By a value of the fields whose values are chosen among. */
function FieldFilter() {
  const { t } = useTranslation();
  const [field, setField] = useAddressFilter("field");
  const { data } = useQuery(bookQueries.fields());
  const chosen = (data ?? []).filter(({ kind, retired }) => kind === "choice" && !retired);
  if (chosen.length === 0) return null;
  return (
    <Select
      allowClear
      showSearch
      value={field || undefined}
      placeholder={t("fields.any")}
      aria-label={t("fields.title")}
      style={{ minWidth: 170 }}
      options={chosen.map(({ key, label, choices }) => ({
        label,
        title: key,
        options: choices.map((choice) => ({ value: `${key}:${choice}`, label: `${label}: ${choice}` })),
      }))}
      onChange={setField}
    />
  );
}

function BookFilters({ list }: { list: List<BookCustomer> }) {
  const { t } = useTranslation();
  const [whose, setWhose] = useWhose();
  const [category, setCategory] = useAddressFilter("category");
  const [order, setOrder] = useAddressChoice("order", ORDERS);
  const choices = useQuery(queries.bookChoices());
  return (
    <Filters label={t("filter.name")}>
      <Segmented
        aria-label={t("book.whose")}
        value={whose}
        options={WHOSE.map((value) => ({ value, label: t(`book.${value}`) }))}
        onChange={setWhose}
      />
      <SearchField name="text" label={t("customer.search")} />
      <SearchField name="tag" label={t("book.tag")} />
      <Select
        allowClear
        value={category || undefined}
        placeholder={t("book.anyCategory")}
        aria-label={t("book.category")}
        style={{ minWidth: 150 }}
        options={(choices.data?.categories ?? []).map((value) => ({ value, label: value }))}
        onChange={setCategory}
      />
      <PhoneStateFilter />
      <GradeFilter />
      <FieldFilter />
      <Select
        value={order ?? "newest"}
        aria-label={t("book.order")}
        style={{ minWidth: 170 }}
        options={ORDERS.map((value) => ({ value, label: t(`bookOrder.${value}`) }))}
        onChange={(value) => setOrder(value === "newest" ? null : value)}
      />
      <ListTools list={list} />
    </Filters>
  );
}

function useColumns(): ListColumn<BookCustomer>[] {
  const { t } = useTranslation();
  const { search } = useLocation();
  return [
    {
      title: t("customer.name"),
      key: "name",
      render: (_, row) => (
        <Link to={{ pathname: `/customers/${row.id}`, search }}>{row.name || t("customer.unnamed")}</Link>
      ),
    },
    { title: t("customer.phone"), key: "phone", render: (_, row) => <Phone number={row.phone} /> },
    {
      title: t("book.owner"),
      key: "owner",
      responsive: ["md"],
      render: (_, row) => row.owner?.name ?? <span className="quiet">{t("book.nobody")}</span>,
    },
    {
      title: t("book.tags"),
      key: "tags",
      responsive: ["lg"],
      render: (_, row) => (
        <>
          {row.category ? <Tag color="processing">{row.category}</Tag> : null}
          {row.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </>
      ),
    },
    {
      title: t("book.lastCall"),
      key: "last",
      render: (_, row) =>
        row.last_call ? (
          <PhoneStateLabel state={row.last_call.phone_state} />
        ) : (
          <span className="quiet">–</span>
        ),
    },
    {
      title: t("call.gradeShort"),
      key: "grade",
      render: (_, row) => <Grade grade={row.last_call?.grade ?? null} />,
    },
    {
      title: t("call.dialled"),
      key: "called",
      responsive: ["md"],
      render: (_, row) => <Time past at={row.last_call?.called_at ?? null} />,
    },
    {
      title: t("book.followUp"),
      key: "follow-up",
      responsive: ["md"],
      render: (_, row) => <Time at={row.follow_up_at} />,
    },
  ];
}

function Empty({ any, whose }: { any: boolean; whose: "mine" | "pool" | "all" }) {
  const { t } = useTranslation();
  if (any) return <EmptyState title={t("customer.noneFound")} hint={t("filter.noneHint")} />;
  if (whose === "mine")
    return (
      <EmptyState
        title={t("book.noneMine")}
        hint={t("book.noneMineHint")}
        action={<LinkButton to="/customers?whose=pool">{t("book.toPool")}</LinkButton>}
      />
    );
  if (whose === "pool") return <EmptyState title={t("book.nonePool")} hint={t("book.nonePoolHint")} />;
  return (
    <EmptyState
      title={t("book.none")}
      hint={t("book.noneHint")}
      action={<LinkButton to="/tasks">{t("call.toTasks")}</LinkButton>}
    />
  );
}

function Actions({ shown }: { shown: NewExport["shown"] }) {
  const { t } = useTranslation();
  const merges = useMay("merge_customers");
  const changes = useMay("change_customers");
  return (
    <>
      <ExportButton shown={shown} />
      {changes ? (
        <LinkButton to="/customers/changes" within>
          {t("bulk.latest")}
        </LinkButton>
      ) : null}
      {merges ? (
        <LinkButton to="/customers/duplicates" within>
          {t("merge.duplicates")}
        </LinkButton>
      ) : null}
    </>
  );
}

/** Everybody who may be called: one's own, the public pool's, or all. */
export function CustomersPage() {
  const { t } = useTranslation();
  const { search } = useLocation();
  const { filter, order, any, whose } = useBookFilter();
  const after = useCursor();
  const customers = useQuery(queries.book({ ...filter, order, after, limit: PAGE_SIZE }));
  const chosen = useChosen(filter);
  const changes = useMay("change_customers");
  const list = useList("customers", useColumns());
  return (
    <Page
      title={t("menu.customerBook")}
      about={t("book.about")}
      action={<Actions shown={{ what: "book", ...filter, order }} />}
    >
      <Panel padded={false}>
        <BookFilters list={list} />
        <BulkBar chosen={chosen} filter={filter} order={order} />
        <ListTable
          label={t("menu.customerBook")}
          query={customers}
          list={list}
          selection={changes ? chosen.selection : undefined}
          empty={<Empty any={any} whose={whose} />}
          open={(row) => `/customers/${row.id}${search}`}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
