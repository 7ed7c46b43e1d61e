import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { ProblemNote } from "@/parts/ProblemPage";

const names = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(", ") : "");

/** A file that could not be taken at all: nothing of it was imported. */
export function ImportRefused({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  if (problem.code !== "spreadsheet-columns" && problem.code !== "spreadsheet-unreadable")
    return <ProblemNote error={problem} />;
  const missing = names(problem.body.missing);
  const found = names(problem.body.found);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t(problem.code === "spreadsheet-columns" ? "import.columnsMissing" : "import.unreadable")}
      description={
        <>
          {missing ? <p>{t("import.missing", { columns: missing })}</p> : null}
          {found ? <p>{t("import.found", { columns: found })}</p> : null}
          <p>{t("import.nothingDone")}</p>
        </>
      }
    />
  );
}
