import { Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CallFilter } from "@/api/model";
import { NameSearch } from "@/parts/NameSearch";
import { GradeFilter, PhoneStateFilter, TalkFilter, useLeastTalk } from "../OutcomeFilters";
import { Filters } from "../Panel";
import { PHONE_STATES } from "../PhoneStateLabel";
import { SearchField } from "../SearchField";
import { useAddressChoice, useAddressFilter } from "../useAddressFilter";

const PERIODS_DAYS = ["1", "7", "30"] as const;
const ORDERS = ["newest", "oldest", "longest"] as const;

/** The filters of a list of calls, as the address states them. */
export function useCallFilter(): CallFilter & { any: boolean } {
  const [phone_state] = useAddressChoice("phone_state", PHONE_STATES);
  const [grade] = useAddressFilter("grade");
  const [text] = useAddressFilter("text");
  const [tag] = useAddressFilter("tag");
  const min_talk_ms = useLeastTalk();
  const [days] = useAddressChoice("days", PERIODS_DAYS);
  const [order] = useAddressChoice("order", ORDERS);
  const since = days ? startOfDay(Number(days)) : null;
  const any = Boolean(phone_state || grade || tag || text || min_talk_ms || days);
  return { phone_state, grade, tag, text, min_talk_ms, since, order: order ?? undefined, any };
}

/** The filters as an export of the list has them: none is empty. */
export const exported = ({ phone_state, grade, tag, text, min_talk_ms, since }: CallFilter) => ({
  phone_state,
  grade: grade || null,
  tag: tag || null,
  text: text || null,
  min_talk_ms,
  since,
});

/** When the first of so many days began, today being the last, by the reader's clock. */
function startOfDay(days: number): string {
  const today = new Date();
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + 1).toISOString();
}

interface Props {
  grades?: readonly string[];
  children?: ReactNode;
}

export function CallFilters({ grades, children }: Props) {
  const { t } = useTranslation();
  const [days, setDays] = useAddressChoice("days", PERIODS_DAYS);
  const [order, setOrder] = useAddressChoice("order", ORDERS);
  return (
    <Filters label={t("filter.name")}>
      <NameSearch />
      <SearchField name="tag" label={t("book.tag")} narrow />
      <PhoneStateFilter />
      <GradeFilter grades={grades} />
      <TalkFilter />
      <Select
        allowClear
        value={days || undefined}
        placeholder={t("call.anyTime")}
        aria-label={t("call.period")}
        style={{ minWidth: 130 }}
        options={PERIODS_DAYS.map((value) => ({ value, label: t(`call.lastDays.${value}`) }))}
        onChange={setDays}
      />
      <Select
        value={order ?? "newest"}
        aria-label={t("call.order")}
        style={{ minWidth: 140 }}
        options={ORDERS.map((value) => ({ value, label: t(`call.ordered.${value}`) }))}
        onChange={(value) => setOrder(value === "newest" ? null : value)}
      />
      {children}
    </Filters>
  );
}
