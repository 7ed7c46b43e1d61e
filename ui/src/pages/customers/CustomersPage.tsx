import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";
import type { BookCustomer, NewExport } from "@/api/model";
import { queries } from "@/api/queries";
import { useMay } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { ExportButton } from "@/parts/exports/ExportButton";
import { LinkButton } from "@/parts/LinkButton";
import { ListTable } from "@/parts/lists/ListTable";
import { type List, useList } from "@/parts/lists/useList";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Panel } from "@/parts/Panel";
import { BookFilters } from "./BookFilters";
import { useBookColumns } from "./bookColumns";
import { ChangeBar } from "./bulk/ChangeBar";
import { useChosen } from "./bulk/useBulk";
import { useBookFilter } from "./useBookFilter";
import { useGone } from "./useGone";
import { useWhoseInAddress } from "./useWhose";

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

function Actions({ shown, list }: { shown: NewExport["shown"]; list: List<BookCustomer> }) {
  const { t } = useTranslation();
  const merges = useMay("merge_customers");
  const changes = useMay("change_customers");
  return (
    <>
      <ExportButton shown={shown} list={list} />
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
  useWhoseInAddress();
  const { filter, which, order, any, whose } = useBookFilter();
  const after = useCursor();
  const customers = useQuery(queries.book({ ...filter, order, after, limit: PAGE_SIZE }));
  const chosen = useChosen(filter, which, customers.data?.items ?? []);
  const changes = useMay("change_customers");
  const list = useList("customers", useBookColumns(), useGone());
  return (
    <Page
      title={t("menu.customerBook")}
      about={t("book.about")}
      action={<Actions shown={{ what: "book", ...filter, order }} list={list} />}
    >
      <Panel padded={false}>
        <BookFilters list={list} />
        <ChangeBar chosen={chosen} filter={filter} order={order} list={list} />
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
