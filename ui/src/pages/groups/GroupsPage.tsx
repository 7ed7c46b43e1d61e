import { useQuery } from "@tanstack/react-query";
import { Space } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";
import { lineQueries, type PolicyGroup } from "@/api/lines";
import { useMay, useWhyNot } from "@/app/session";
import { useRegionWords } from "@/pages/lines/place-names";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import styles from "./groups.module.css";

function Lines({ group }: { group: PolicyGroup }) {
  const { t } = useTranslation();
  const regionWords = useRegionWords();
  if (group.lines.length === 0) return <p className="quiet">{t("group.noLines")}</p>;
  return (
    <ol className={styles.lines}>
      {group.lines.map((line) => (
        <li key={line.id}>
          <span className={`number ${styles.priority}`} title={t("group.priority")}>
            {line.priority}
          </span>
          <span>
            <Link to={`/lines/${line.id}`}>{line.name}</Link>
            <span className="quiet">
              {" "}
              {[t(`lineKind.${line.kind}`), regionWords(line.home)].filter(Boolean).join(" · ")}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Group({ group }: { group: PolicyGroup }) {
  const { t } = useTranslation();
  const tasks = group.tasks.map(({ name }) => name).join(", ");
  return (
    <Panel
      title={group.name}
      extra={
        <Space wrap>
          <LinkButton to={`/policy-groups/${group.id}/route`}>{t("route.open")}</LinkButton>
          <LinkButton to={`/policy-groups/${group.id}`} whyNot={useWhyNot("change_lines")}>
            {t("group.bind")}
          </LinkButton>
        </Space>
      }
    >
      <Lines group={group} />
      <p className="quiet">{tasks ? t("group.tasks", { tasks }) : t("group.noTasks")}</p>
    </Panel>
  );
}

/** The company's policy groups: which lines call together, and in which order. */
export function GroupsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(lineQueries.groups());
  const operator = useMay("keep_installation");
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <Page title={t("menu.policyGroups")} about={t("group.about")}>
      <div className={styles.stack}>
        {data.length === 0 ? (
          <Panel>
            <EmptyState
              title={t("group.none")}
              hint={t("group.noneHint")}
              action={operator ? <LinkButton to="/companies">{t("menu.companies")}</LinkButton> : undefined}
            />
          </Panel>
        ) : (
          data.map((group) => <Group key={group.id} group={group} />)
        )}
      </div>
      <Outlet />
    </Page>
  );
}
