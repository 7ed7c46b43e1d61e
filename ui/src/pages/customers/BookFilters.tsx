import { useQuery } from "@tanstack/react-query";
import { Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";
import { bookQueries } from "@/api/book";
import type { BookCustomer } from "@/api/model";
import { queries } from "@/api/queries";
import { ListTools } from "@/parts/lists/ListTools";
import type { List } from "@/parts/lists/useList";
import { NameSearch } from "@/parts/NameSearch";
import { GradeFilter, PhoneStateFilter } from "@/parts/OutcomeFilters";
import { Filters } from "@/parts/Panel";
import { SearchField } from "@/parts/SearchField";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { DUES } from "./due";
import { ORDERS } from "./useBookFilter";
import { useWhose, WHOSE } from "./useWhose";

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

/** By when they are to be followed up. */
function DueFilter() {
  const { t } = useTranslation();
  const [due, setDue] = useAddressChoice("due", DUES);
  return (
    <Select
      allowClear
      value={due}
      placeholder={t("due.any")}
      aria-label={t("book.followUp")}
      style={{ minWidth: 160 }}
      options={DUES.map((value) => ({ value, label: t(`due.${value}`) }))}
      onChange={setDue}
    />
  );
}

/** What the list of customers is filtered and ordered by. */
export function BookFilters({ list }: { list: List<BookCustomer> }) {
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
      <NameSearch />
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
      <DueFilter />
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
