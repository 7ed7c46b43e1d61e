import { useQuery } from "@tanstack/react-query";
import { Alert, Descriptions } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { CustomerCard } from "@/api/model";
import { queries } from "@/api/queries";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Phone } from "@/parts/Phone";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { EditCard } from "./EditCard";
import { Ownership } from "./Ownership";
import { History } from "./timeline/History";

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
                `${t(card.consent ? "consentNote.given" : "consentNote.withdrawn")} ${card.consents.find(({ given }) => given === card.consent)?.source ?? ""}`
              ),
          },
          { key: "since", label: t("book.since"), children: <Time past at={card.created_at} /> },
        ]}
      />
    </>
  );
}

/** One customer: what is known, whose it is, and everything that happened. */
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
          <History key={`history ${data.id}`} id={data.id} />
        </>
      ) : null}
    </AddressDrawer>
  );
}
