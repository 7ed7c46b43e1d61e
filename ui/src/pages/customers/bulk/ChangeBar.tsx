import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type BookAsked, type BookOrder, bookQueries } from "@/api/book";
import type { BookCustomer } from "@/api/model";
import { useMay } from "@/app/session";
import { ExportButton } from "@/parts/exports/ExportButton";
import { LinkButton } from "@/parts/LinkButton";
import type { List } from "@/parts/lists/useList";
import { BulkForm } from "./BulkForm";
import styles from "./bulk.module.css";
import { FollowedChange } from "./FollowedChange";
import type { Act, ChosenCustomers } from "./useBulk";

const ACTS: readonly Act[] = ["add_tag", "remove_tag", "set_category", "assign", "release"];
const MOST_MERGED = 10;

interface Props {
  chosen: ChosenCustomers;
  filter: BookAsked;
  order: BookOrder;
  list: List<BookCustomer>;
}

/** What can be done with those who are chosen, how many they are, and how the last change gets on. */
export function ChangeBar({ chosen, filter, order, list }: Props) {
  const { t } = useTranslation();
  const gives = useMay("assign_customers");
  const merges = useMay("merge_customers");
  const [act, setAct] = useState<Act | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const found = useQuery({ ...bookQueries.count(filter), enabled: chosen.ids.length > 0 });
  const total = found.data?.count ?? 0;
  const count = chosen.all ? total : chosen.ids.length;
  return (
    <>
      {asked ? <FollowedChange key={asked} id={asked} close={() => setAsked(null)} /> : null}
      {chosen.ids.length > 0 ? (
        <section className={styles.bar} aria-label={t("bulk.title")}>
          <strong aria-live="polite">{t("bulk.chosen", { count })}</strong>
          {!chosen.all && total > chosen.ids.length ? (
            <Button type="link" onClick={chosen.chooseAll}>
              {t("bulk.chooseAll", { count: total })}
            </Button>
          ) : null}
          <Space wrap>
            <Dropdown
              trigger={["click"]}
              menu={{
                items: ACTS.filter((one) => gives || one !== "assign").map((one) => ({
                  key: one,
                  label: t(`bulkAct.${one}`),
                })),
                onClick: ({ key }) => setAct(ACTS.find((one) => one === key) ?? null),
              }}
            >
              <Button type="primary">{t("bulk.change")}</Button>
            </Dropdown>
            <ExportButton shown={{ what: "book", order, ...chosen.listed }} list={list} />
            {merges ? (
              <LinkButton
                to={`/customers/merge/${chosen.ids.join(",")}`}
                within
                whyNot={chosen.all || count < 2 || count > MOST_MERGED ? t("merge.howMany") : null}
              >
                {t("merge.open")}
              </LinkButton>
            ) : null}
            <Button onClick={chosen.clear}>{t("bulk.clear")}</Button>
          </Space>
        </section>
      ) : null}
      {act ? (
        <BulkForm
          act={act}
          meant={chosen.meant}
          count={count}
          close={() => setAct(null)}
          asked={(id) => {
            setAct(null);
            setAsked(id);
            chosen.clear();
          }}
        />
      ) : null}
    </>
  );
}
