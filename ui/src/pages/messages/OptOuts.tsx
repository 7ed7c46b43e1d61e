import { useQuery } from "@tanstack/react-query";
import { Select, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type MessageOptOut, messageQueries, OPT_OUT_STANDINGS } from "@/api/messages";
import { useMay } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { PAGE_SIZE, Pager, useCursor } from "@/parts/Pager";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Filters, Panel } from "@/parts/Panel";
import { Phone } from "@/parts/Phone";
import { ProblemNote } from "@/parts/ProblemPage";
import { SearchField } from "@/parts/SearchField";
import { Time } from "@/parts/Time";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { TakeBack } from "./TakeBack";

function Who({ optOut }: { optOut: MessageOptOut }) {
  const { customer, phone, at } = optOut;
  return (
    <>
      <Phone number={phone} />
      {customer?.name ? (
        <div>
          <Link to={`/customers/${customer.id}`}>{customer.name}</Link>
        </div>
      ) : null}
      <span className="phone-only quiet">
        <Time past at={at} />
      </span>
    </>
  );
}

function Standing({ optOut }: { optOut: MessageOptOut }) {
  const { t } = useTranslation();
  if (!optOut.removed_at) return <TakeBack optOut={optOut} />;
  return (
    <>
      <Tag>{t("optOut.state.removed")}</Tag>
      <div className="quiet" style={{ overflowWrap: "anywhere", maxWidth: 320 }}>
        {t("optOut.takenBackBy", { who: optOut.removed_by ?? t("listed.someone") })} {optOut.removed_why}
      </div>
      <span className="quiet">
        <Time past at={optOut.removed_at} />
      </span>
    </>
  );
}

function OptOutsTable({ optOuts }: { optOuts: MessageOptOut[] }) {
  const { t } = useTranslation();
  return (
    <Table<MessageOptOut>
      aria-label={t("optOut.title")}
      rowKey="id"
      size="middle"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={optOuts}
      columns={[
        { title: t("optOut.who"), key: "who", render: (_, optOut) => <Who optOut={optOut} /> },
        {
          title: t("optOut.said"),
          key: "said",
          render: (_, { said }) => (
            <div style={{ overflowWrap: "anywhere", maxWidth: 320 }}>{said ? <q>{said}</q> : "–"}</div>
          ),
        },
        {
          title: t("optOut.when"),
          key: "when",
          responsive: ["md"],
          render: (_, { at }) => <Time past at={at} />,
        },
        { title: "", key: "standing", render: (_, optOut) => <Standing optOut={optOut} /> },
      ]}
    />
  );
}

function OptOutFilters() {
  const { t } = useTranslation();
  const [state, setState] = useAddressChoice("state", OPT_OUT_STANDINGS);
  const sees = useMay("see_numbers");
  return (
    <Filters label={t("filter.name")}>
      {sees ? <SearchField name="text" label={t("listed.search")} /> : null}
      <Select
        value={state ?? "listed"}
        aria-label={t("listed.state")}
        style={{ minWidth: 150 }}
        options={OPT_OUT_STANDINGS.map((value) => ({ value, label: t(`optOut.state.${value}`) }))}
        onChange={(value) => setState(value === "listed" ? null : value)}
      />
    </Filters>
  );
}

function Listed() {
  const { t } = useTranslation();
  const [state] = useAddressChoice("state", OPT_OUT_STANDINGS);
  const [text] = useAddressFilter("text");
  const after = useCursor();
  const { data, error, refetch } = useQuery(
    messageQueries.optOuts({ state: state ?? "listed", text, after, limit: PAGE_SIZE }),
  );
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  if (data.items.length > 0)
    return (
      <>
        <OptOutsTable optOuts={data.items} />
        <Pager next={data.next} shown={data.items.length} />
      </>
    );
  return text || state ? (
    <EmptyState title={t("optOut.noneFound")} hint={t("filter.noneHint")} />
  ) : (
    <EmptyState title={t("optOut.none")} hint={t("optOut.noneHint")} />
  );
}

/** Who wants no more messages, since when and by which words; and taking that back. */
export function OptOuts() {
  return (
    <Panel padded={false}>
      <OptOutFilters />
      <Listed />
    </Panel>
  );
}
