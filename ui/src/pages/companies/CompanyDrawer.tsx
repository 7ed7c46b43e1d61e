import { useQuery } from "@tanstack/react-query";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { companyQueries } from "@/api/money";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { CompanyGroups } from "./CompanyGroups";
import { CompanyMessages } from "./CompanyMessages";
import { CompanyMoney } from "./CompanyMoney";
import { CompanySeats } from "./CompanySeats";

/** What the operator gives one company: money, AI seats, policy groups. */
export function CompanyDrawer() {
  const { t } = useTranslation();
  const { companyId = "" } = useParams();
  const { data } = useQuery(companyQueries.all());
  const company = data?.find(({ id }) => id === companyId);
  return (
    <AddressDrawer title={company?.name ?? t("menu.companies")} back="/companies" width={680}>
      {company ? (
        <Tabs
          items={[
            { key: "money", label: t("menu.money"), children: <CompanyMoney company={company} /> },
            { key: "seats", label: t("menu.aiSeats"), children: <CompanySeats company={company} /> },
            { key: "groups", label: t("menu.policyGroups"), children: <CompanyGroups company={company} /> },
            { key: "messages", label: t("menu.messages"), children: <CompanyMessages company={company} /> },
          ]}
        />
      ) : null}
      {data && !company ? <p>{t("problem.not-found.what")}</p> : null}
    </AddressDrawer>
  );
}
