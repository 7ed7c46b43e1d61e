import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/problem";
import { count } from "./numbers";
import { ProblemNote } from "./ProblemPage";
import { useLocale } from "./useLocale";

/** Why a file can't be read, or is too large; each with words of its own. */
const KNOWN = [
  "bytes",
  "cells",
  "cut-off",
  "damaged",
  "empty",
  "encoding",
  "no-rows",
  "formulas",
  "no-sheet",
  "no-text",
  "old-excel",
  "other-archive",
  "packing",
  "password",
  "pdf",
  "picture",
  "quotes",
  "rows",
  "unpacked",
  "web-page",
] as const;
const CODES: readonly string[] = [
  "spreadsheet-columns",
  "spreadsheet-unreadable",
  "spreadsheet-too-large",
  "too-large",
];

const names = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(", ") : "");

function useWhy(): (problem: Problem) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ code, body, message }) => {
    // One too large to be looked at is refused before anything is known of it.
    const fault = code === "too-large" ? "bytes" : body.fault;
    const known = KNOWN.find((one) => one === fault);
    if (!known) return message;
    return t(`fileFault.${known}`, {
      line: body.line,
      row: body.last_row,
      column: body.last_column,
      size: body.most_mb ?? Math.floor(Number(body.most_kb) / 1024),
      rows: count(Number(body.most ?? 0), locale),
    });
  };
}

function Columns({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const found = names(problem.body.found);
  return (
    <>
      <p>{t("file.missing", { columns: names(problem.body.missing) })}</p>
      <p>{found ? t("file.found", { columns: found }) : t("file.foundNone")}</p>
    </>
  );
}

/** A file that could not be taken at all: which one, why, and that nothing of it was kept. */
export function FileRefused({ problem, fileName }: { problem: Problem; fileName: string }) {
  const { t } = useTranslation();
  const why = useWhy();
  if (!CODES.includes(problem.code)) return <ProblemNote error={problem} />;
  const columns = problem.code === "spreadsheet-columns";
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ overflowWrap: "anywhere" }}
      title={t("file.refused", { name: fileName })}
      description={
        <>
          {columns ? <Columns problem={problem} /> : <p>{why(problem)}</p>}
          <p>{t("file.nothingDone")}</p>
        </>
      }
    />
  );
}
