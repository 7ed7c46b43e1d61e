import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { bookQueries } from "@/api/book";
import type { BookCustomer } from "@/api/model";
import { Grade } from "@/parts/Grade";
import type { ListColumn } from "@/parts/lists/columns";
import { Phone } from "@/parts/Phone";
import { PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { Time } from "@/parts/Time";

/** The company's own fields: columns of those who chose them. */
function useFieldColumns(): ListColumn<BookCustomer>[] {
  const { data } = useQuery(bookQueries.fields());
  return (data ?? [])
    .filter(({ retired }) => !retired)
    .map(({ key, label }) => ({
      title: label,
      key: `field-${key}`,
      optional: true,
      render: (_, row) => row.fields[key] ?? <span className="quiet">–</span>,
    }));
}

/** What is told of a customer in the list. */
export function useBookColumns(): ListColumn<BookCustomer>[] {
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
    ...useFieldColumns(),
  ];
}
