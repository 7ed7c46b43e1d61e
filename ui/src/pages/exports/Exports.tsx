import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Export } from "@/api/model";
import { queries } from "@/api/queries";
import { EmptyState } from "@/parts/EmptyState";
import { ExportActions } from "@/parts/exports/ExportActions";
import { ExportState } from "@/parts/exports/ExportState";
import { LinkButton } from "@/parts/LinkButton";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { useFilterWords } from "@/parts/lists/useFilterWords";
import { useList } from "@/parts/lists/useList";
import { count } from "@/parts/numbers";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters } from "@/parts/Panel";
import { Time } from "@/parts/Time";
import { useLocale } from "@/parts/useLocale";

function Taken({ found }: { found: Export }) {
  const { t } = useTranslation();
  if (found.downloads === 0) return <span className="quiet">{t("export.notTaken")}</span>;
  return (
    <>
      {t("export.taken", { count: found.downloads, who: found.downloaded_by ?? "–" })}{" "}
      <span className="quiet">
        <Time at={found.downloaded_at} past />
      </span>
    </>
  );
}

function useColumns(): ListColumn<Export>[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const filterWords = useFilterWords();
  return [
    {
      title: t("export.what"),
      key: "what",
      render: (_, found) => (
        <>
          <div style={{ fontWeight: 600 }}>
            {found.task && found.what !== "book"
              ? t(`export.of.${found.what}`, { name: found.task.name })
              : t(`exportWhat.${found.what}`)}
          </div>
          <div className="quiet">{filterWords(found.filters).join(" · ") || t("export.unfiltered")}</div>
        </>
      ),
    },
    { title: t("import.state"), key: "state", render: (_, found) => <ExportState found={found} /> },
    {
      title: t("import.rows"),
      key: "rows",
      align: "right",
      responsive: ["sm"],
      render: (_, { rows, state }) => (state === "done" ? count(rows, locale) : "–"),
    },
    {
      title: t("export.askedAt"),
      key: "at",
      responsive: ["md"],
      render: (_, { asked_at }) => <Time at={asked_at} past />,
    },
    {
      title: t("import.askedBy"),
      key: "by",
      responsive: ["md"],
      render: (_, { asked_by }) => asked_by ?? "–",
    },
    {
      title: t("export.downloaded"),
      key: "taken",
      responsive: ["lg"],
      render: (_, found) => <Taken found={found} />,
    },
    { title: "", key: "actions", align: "right", render: (_, found) => <ExportActions found={found} /> },
  ];
}

/** Every list that was written to a file, and who took it. */
export function Exports() {
  const { t } = useTranslation();
  const exports = useQuery(queries.exports({ after: useCursor(), limit: PAGE_SIZE }));
  const toCalls = <LinkButton to="/calls">{t("menu.calls")}</LinkButton>;
  const list = useList("exports", useColumns());
  return (
    <>
      <Filters label={t("filter.name")}>
        <ListTools list={list} />
      </Filters>
      <ListTable
        label={t("files.exports")}
        query={exports}
        list={list}
        empty={<EmptyState title={t("export.none")} hint={t("export.noneHint")} action={toCalls} />}
      />
    </>
  );
}
