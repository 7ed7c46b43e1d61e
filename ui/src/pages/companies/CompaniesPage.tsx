import { useQuery } from "@tanstack/react-query";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useNavigate } from "react-router";
import { type Company, companyQueries } from "@/api/money";
import { count, money } from "@/parts/numbers";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useLocale } from "@/parts/useLocale";

/** The companies of the installation, for its operator. */
export function CompaniesPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(companyQueries.all());
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  const number = (value: number) => <span className="number">{count(value, locale)}</span>;
  return (
    <Page title={t("menu.companies")} about={t("company.about")}>
      <Panel padded={false}>
        <Table<Company>
          aria-label={t("menu.companies")}
          rowKey="id"
          size="middle"
          pagination={false}
          scroll={{ x: "max-content" }}
          dataSource={data}
          onRow={({ id }) => ({
            style: { cursor: "pointer" },
            onClick: (event) => {
              if (!(event.target as HTMLElement).closest("a")) navigate(`/companies/${id}`);
            },
          })}
          columns={[
            {
              title: t("company.name"),
              key: "name",
              render: (_, { id, name }) => <Link to={`/companies/${id}`}>{name}</Link>,
            },
            {
              title: t("money.available"),
              key: "available",
              align: "right",
              render: (_, { balance }) => (
                <span className="number">{money(balance.available, balance.currency, locale)}</span>
              ),
            },
            { title: t("menu.aiSeats"), dataIndex: "ai_seats", align: "right", render: number },
            { title: t("menu.policyGroups"), dataIndex: "policy_groups", align: "right", render: number },
          ]}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
