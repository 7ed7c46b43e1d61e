import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { exactTime, friendlyTime } from "./times";
import { useNow } from "./useNow";

/** A moment in the reader's zone: relative within a day, exact on hover. */
export function Time({ at }: { at: string | null }) {
  const { i18n } = useTranslation();
  const now = useNow();
  if (!at) return <span className="quiet">–</span>;
  return (
    <Tooltip title={exactTime(at, i18n.language)}>
      <time dateTime={at} className="unbroken">
        {friendlyTime(at, now, i18n.language)}
      </time>
    </Tooltip>
  );
}
