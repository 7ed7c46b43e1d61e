import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "@/api/queries";
import { count } from "../numbers";
import { ProblemNote } from "../ProblemPage";
import { useLocale } from "../useLocale";
import { ExportActions } from "./ExportActions";
import { ExportState } from "./ExportState";

/** One export from its beginning to its file. */
export function FollowedExport({ id }: { id: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data, error, refetch } = useQuery(queries.export(id));
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return null;
  return (
    <div role="status">
      <p style={{ overflowWrap: "anywhere" }}>{data.file_name}</p>
      <p>
        <ExportState found={data} />{" "}
        {data.state === "done" ? (
          <span className="quiet">
            {t("export.rowCount", { count: data.rows, rows: count(data.rows, locale) })}
          </span>
        ) : null}
      </p>
      <ExportActions found={data} />
      <p className="quiet" style={{ marginBlockStart: 8 }}>
        {t("export.kept")}
      </p>
    </div>
  );
}
