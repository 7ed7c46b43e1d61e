import { useQuery } from "@tanstack/react-query";
import { Alert, Descriptions, Timeline } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { CustomerCard } from "@/api/model";
import { queries } from "@/api/queries";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { EmptyState } from "@/parts/EmptyState";
import { Grade } from "@/parts/Grade";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Phone } from "@/parts/Phone";
import { PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { EditCard } from "./EditCard";
import { Ownership } from "./Ownership";
import { usePartWords } from "./usePartWords";

const SHOWN_CALLS = 50;

function Calls({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(queries.calls(null, { customer_id: id, limit: SHOWN_CALLS }));
  if (error) return <ProblemNote error={error} />;
  if (!data) return <PageSkeleton />;
  if (data.items.length === 0) return <EmptyState title={t("book.noCalls")} hint={t("book.noCallsHint")} />;
  return (
    <Timeline
      aria-label={t("book.timeline")}
      items={data.items.map((call) => ({
        key: call.id,
        content: (
          <>
            <Link to={`/calls/${call.id}`}>{call.task_name}</Link>
            <div>
              <PhoneStateLabel state={call.phone_state} interrupted={call.interrupted} />{" "}
              <Grade grade={call.grade} />
            </div>
            <span className="quiet">
              <Time past at={call.dialled_at} />
            </span>
          </>
        ),
      }))}
    />
  );
}

function Facts({ card }: { card: CustomerCard }) {
  const { t } = useTranslation();
  return (
    <>
      {card.barred ? (
        <Alert
          type="warning"
          showIcon
          title={t("book.barred")}
          description={t(`bookBarred.${card.barred}`)}
        />
      ) : null}
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "phone", label: t("customer.phone"), children: <Phone number={card.phone} /> },
          ...card.other_numbers.map(({ phone, barred }) => ({
            key: phone,
            label: t("merge.otherNumber"),
            children: (
              <>
                <Phone number={phone} /> {barred ? t(`bookBarred.${barred}`) : null}
              </>
            ),
          })),
          {
            key: "consent",
            label: t("consentNote.title"),
            children:
              card.consent === null ? (
                <span className="quiet">{t("consentNote.none")}</span>
              ) : (
                `${t(card.consent ? "consentNote.given" : "consentNote.withdrawn")} ${card.consents[0]?.source ?? ""}`
              ),
          },
          { key: "since", label: t("book.since"), children: <Time past at={card.created_at} /> },
        ]}
      />
    </>
  );
}

function Changes({ card }: { card: CustomerCard }) {
  const { t } = useTranslation();
  const words = usePartWords();
  if (card.changes.length === 0) return null;
  return (
    <>
      <h3>{t("book.history")}</h3>
      <Timeline
        items={card.changes.map((change) => ({
          key: change.changed_at + change.what.join(),
          content: (
            <>
              <div>
                {t("book.changed", {
                  who: change.changed_by ?? t("book.someone"),
                  what: words(change.what),
                })}
              </div>
              <span className="quiet">
                <Time past at={change.changed_at} />
              </span>
            </>
          ),
        }))}
      />
    </>
  );
}

/** One customer: what is known, whose it is, and every call. */
export function CardDrawer() {
  const { t } = useTranslation();
  const { customerId = "" } = useParams();
  const { data, error, refetch } = useQuery(queries.card(customerId));
  const whyNot = useWhyNot("change_customers");
  return (
    <AddressDrawer
      title={data ? data.name || t("customer.unnamed") : t(error ? "call.customer" : "state.loading")}
      back="/customers"
      width={620}
      footer={data && !whyNot ? <Ownership card={data} /> : null}
    >
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data ? (
        <>
          <Facts card={data} />
          {whyNot ? <p className="quiet">{t("book.readOnly", { whyNot })}</p> : null}
          <EditCard key={data.id} card={data} disabled={whyNot !== null} />
          <h3>{t("book.timeline")}</h3>
          <Calls id={data.id} />
          <Changes card={data} />
        </>
      ) : null}
    </AddressDrawer>
  );
}
