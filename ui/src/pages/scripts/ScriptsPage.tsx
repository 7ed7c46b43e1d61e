import { PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Segmented, Space, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";
import type { Script } from "@/api/model";
import { queries } from "@/api/queries";
import { useWhyNot } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { Grade } from "@/parts/Grade";
import { LinkButton } from "@/parts/LinkButton";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { useList } from "@/parts/lists/useList";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { SearchField } from "@/parts/SearchField";
import { Time } from "@/parts/Time";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { ScriptActions } from "./ScriptActions";

const SHELVES = ["archived"] as const;

const designerPath = ({ id }: Script): string => `/scripts/${id}/edit`;

function State({ script }: { script: Script }) {
  const { t } = useTranslation();
  const { published, draft } = script;
  return (
    <Space size={4} wrap>
      {published ? <Tag color="success">{t("script.publishedAs", { number: published.number })}</Tag> : null}
      {draft ? <Tag color="warning">{t("script.draftAs", { number: draft.number })}</Tag> : null}
    </Space>
  );
}

function Changed({ script }: { script: Script }) {
  const { changed_at, changed_by } = script;
  return (
    <>
      <Time at={changed_at} past />
      {changed_by ? <div className="quiet">{changed_by}</div> : null}
    </>
  );
}

function useColumns(): ListColumn<Script>[] {
  const { t } = useTranslation();
  return [
    {
      title: t("script.name"),
      key: "name",
      render: (_, script) => (
        <>
          <Link to={designerPath(script)} style={{ fontWeight: 600 }}>
            {script.name}
          </Link>
          <div className="quiet">
            {t(`script.language.${script.language === "zh" ? "zh" : "en"}`)}
            {script.engine === "2.0" ? ` · ${t("script.engineTag")}` : ""}
          </div>
        </>
      ),
    },
    { title: t("script.state"), key: "state", render: (_, script) => <State script={script} /> },
    { title: t("script.changed"), key: "changed", render: (_, script) => <Changed script={script} /> },
    {
      title: t("script.grades"),
      key: "grades",
      responsive: ["lg"],
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
    {
      title: <span className="visually-hidden">{t("script.actions")}</span>,
      key: "actions",
      align: "end",
      render: (_, script) => <ScriptActions script={script} />,
    },
  ];
}

function NewButton() {
  const { t } = useTranslation();
  return (
    <LinkButton primary within to="/scripts/new" icon={<PlusOutlined />} whyNot={useWhyNot("change_scripts")}>
      {t("script.new")}
    </LinkButton>
  );
}

function useEmpty(name: string, archived: boolean) {
  const { t } = useTranslation();
  if (name) return <EmptyState title={t("script.noneFound")} hint={t("filter.noneHint")} />;
  if (archived) return <EmptyState title={t("script.noneArchived")} hint={t("script.noneArchivedHint")} />;
  return <EmptyState title={t("script.none")} hint={t("script.noneHint")} action={<NewButton />} />;
}

/** The company's scripts. */
export function ScriptsPage() {
  const { t } = useTranslation();
  const [name] = useAddressFilter("name");
  const [shelf, choose] = useAddressChoice("shelf", SHELVES);
  const after = useCursor();
  const archived = shelf === "archived";
  const scripts = useQuery(queries.scripts({ name, archived, after, limit: PAGE_SIZE }));
  const list = useList("scripts", useColumns());
  return (
    <Page title={t("menu.scripts")} about={t("script.about")} action={<NewButton />}>
      <Panel padded={false}>
        <Filters label={t("filter.name")}>
          <SearchField name="name" label={t("script.search")} />
          <Segmented
            value={archived ? "archived" : "current"}
            options={[
              { value: "current", label: t("script.current") },
              { value: "archived", label: t("script.archived") },
            ]}
            onChange={(value) => choose(value === "archived" ? "archived" : null)}
          />
          <ListTools list={list} />
        </Filters>
        <ListTable
          label={t("menu.scripts")}
          query={scripts}
          list={list}
          empty={useEmpty(name, archived)}
          open={designerPath}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
