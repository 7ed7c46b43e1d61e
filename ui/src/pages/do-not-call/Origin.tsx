import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ListedNumber } from "@/api/model";

/** Why a number is on the list: said in a call, entered by someone, or from a file; with what was noted then. */
export function Origin({ entry }: { entry: ListedNumber }) {
  const { t } = useTranslation();
  const who = entry.added_by ?? t("listed.someone");
  return (
    <span style={{ display: "inline-block", maxWidth: "min(60ch, 44vw)", overflowWrap: "anywhere" }}>
      {entry.source === "call" && entry.call_id ? (
        <Link to={`/calls/${entry.call_id}`}>{t("listedSource.call")}</Link>
      ) : (
        t(`listedSource.${entry.source}`, { who })
      )}
      {entry.note ? <span className="quiet"> · {entry.note}</span> : null}
    </span>
  );
}
