import { UsergroupAddOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useSearchParams } from "react-router";
import type { Crowd } from "@/api/model";
import { isUnderWay, queries } from "@/api/queries";
import { useWhyNot } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { useList } from "@/parts/lists/useList";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters, Panel } from "@/parts/Panel";
import { Time } from "@/parts/Time";
import { CrowdState } from "./CrowdState";
import { useFigures } from "./words";

function useColumns(): ListColumn<Crowd>[] {
  const { t } = useTranslation();
  const { number } = useFigures();
  return [
    {
      title: t("crowd.script"),
      key: "script",
      render: (_, crowd) => (
        <Link to={`/crowds/${crowd.id}`} style={{ fontWeight: 600 }}>
          {crowd.script.name}
        </Link>
      ),
    },
    {
      title: t("crowd.version"),
      key: "version",
      render: (_, { script }) => t("script.version", { number: script.version }),
    },
    {
      title: t("crowd.result"),
      key: "state",
      render: (_, crowd) =>
        isUnderWay(crowd) ? (
          <Progress
            percent={Math.round(crowd.progress * 100)}
            size="small"
            style={{ width: 140 }}
            aria-label={t("crowd.progress")}
          />
        ) : (
          <CrowdState crowd={crowd} />
        ),
    },
    {
      title: t("crowd.mode"),
      key: "mode",
      responsive: ["md"],
      render: (_, { mode }) => t(`crowd.modeName.${mode}`),
    },
    { title: t("crowd.people"), key: "people", align: "right", render: (_, { people }) => number(people) },
    {
      title: t("crowd.askedAt"),
      key: "at",
      responsive: ["md"],
      render: (_, { asked_at }) => <Time at={asked_at} past />,
    },
    {
      title: t("crowd.askedBy"),
      key: "by",
      responsive: ["lg"],
      render: (_, { asked_by }) => asked_by ?? "–",
    },
  ];
}

function StartButton() {
  const { t } = useTranslation();
  return (
    <LinkButton
      primary
      within
      to="/crowds/new"
      icon={<UsergroupAddOutlined />}
      whyNot={useWhyNot("change_scripts")}
    >
      {t("crowd.start")}
    </LinkButton>
  );
}

/** Every crowd that scripts were tried on. */
export function CrowdsPage() {
  const { t } = useTranslation();
  const after = useCursor();
  const script = useSearchParams()[0].get("script");
  const crowds = useQuery(queries.crowds(script, { after, limit: PAGE_SIZE }));
  const list = useList("crowds", useColumns());
  return (
    <Page title={t("menu.crowds")} about={t("crowd.about")} action={<StartButton />}>
      <Panel padded={false}>
        <Filters label={t("filter.name")}>
          <ListTools list={list} />
        </Filters>
        <ListTable
          label={t("menu.crowds")}
          query={crowds}
          list={list}
          empty={<EmptyState title={t("crowd.none")} hint={t("crowd.noneHint")} action={<StartButton />} />}
          open={(crowd) => `/crowds/${crowd.id}`}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
