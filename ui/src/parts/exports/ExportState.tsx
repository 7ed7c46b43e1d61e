import { Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Export } from "@/api/model";
import { isUnderWay } from "@/api/queries";
import { count } from "../numbers";
import { useLocale } from "../useLocale";

const COLOURS = { failed: "error", done: "success" } as const;
const MOST_ROWS = 500_000;

/** How an export stands; why where it failed. */
export function ExportState({ found }: { found: Export }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (isUnderWay(found))
    return (
      <Progress
        percent={Math.round(found.progress * 100)}
        size="small"
        style={{ width: 140 }}
        aria-label={t(`exportState.${found.state}`)}
      />
    );
  if (found.state === "done" && !found.file_kept) return <Tag>{t("exportState.deleted")}</Tag>;
  const colour = found.state === "failed" || found.state === "done" ? COLOURS[found.state] : undefined;
  const why =
    found.failure === "export-too-large"
      ? t("export.tooLarge", { most: count(MOST_ROWS, locale) })
      : t("export.failed", { code: found.failure });
  return (
    <>
      <Tag color={colour}>{t(`exportState.${found.state}`)}</Tag>
      {found.state === "failed" ? <div className="quiet">{why}</div> : null}
    </>
  );
}
