import { UploadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Space, type TableProps, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";
import type { Script } from "@/api/model";
import { queries } from "@/api/queries";
import { useWhyNot } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { Grade } from "@/parts/Grade";
import { LinkButton } from "@/parts/LinkButton";
import { ListTable } from "@/parts/ListTable";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { SearchField } from "@/parts/SearchField";
import { Time } from "@/parts/Time";
import { useAddressFilter } from "@/parts/useAddressFilter";

function useColumns(): TableProps<Script>["columns"] {
  const { t } = useTranslation();
  return [
    {
      title: t("script.name"),
      key: "name",
      render: (_, script) => (
        <Link to={`/scripts/${script.id}`} style={{ fontWeight: 600 }}>
          {script.name}
        </Link>
      ),
    },
    {
      title: t("script.published"),
      key: "published",
      render: (_, { published }) =>
        published ? (
          <Tag>{t("script.version", { number: published.number })}</Tag>
        ) : (
          <span className="quiet">{t("script.unpublished")}</span>
        ),
    },
    {
      title: t("script.draft"),
      key: "draft",
      render: (_, { draft }) =>
        draft ? (
          <Tag color="warning">{t("script.version", { number: draft.number })}</Tag>
        ) : (
          <span className="quiet">–</span>
        ),
    },
    {
      title: t("script.publishedAt"),
      key: "at",
      responsive: ["md"],
      render: (_, { published }) => <Time at={published?.published_at ?? null} />,
    },
    {
      title: t("script.grades"),
      key: "grades",
      responsive: ["md"],
      render: (_, { grades }) => (
        <Space size={4}>
          {grades.map((grade) => (
            <Grade key={grade} grade={grade} grades={grades} />
          ))}
        </Space>
      ),
    },
    {
      title: t("script.variables"),
      key: "variables",
      responsive: ["lg"],
      render: (_, { variables }) => variables.map(({ label, name }) => label || name).join(" · ") || "–",
    },
  ];
}

function UploadButton() {
  const { t } = useTranslation();
  return (
    <LinkButton
      primary
      within
      to="/scripts/new"
      icon={<UploadOutlined />}
      whyNot={useWhyNot("change_scripts")}
    >
      {t("script.upload")}
    </LinkButton>
  );
}

export function ScriptsPage() {
  const { t } = useTranslation();
  const [name] = useAddressFilter("name");
  const after = useCursor();
  const scripts = useQuery(queries.scripts({ name, after, limit: PAGE_SIZE }));
  const empty = name ? (
    <EmptyState title={t("script.noneFound")} hint={t("filter.noneHint")} />
  ) : (
    <EmptyState title={t("script.none")} hint={t("script.noneHint")} action={<UploadButton />} />
  );
  return (
    <Page title={t("menu.scripts")} about={t("script.about")} action={<UploadButton />}>
      <Panel padded={false}>
        <Filters label={t("filter.name")}>
          <SearchField name="name" label={t("script.search")} />
        </Filters>
        <ListTable
          label={t("menu.scripts")}
          query={scripts}
          columns={useColumns()}
          empty={empty}
          open={(script) => `/scripts/${script.id}`}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
