import { Tooltip } from "antd";
import { useLocale } from "@/parts/useLocale";
import { exactTime, friendlyTime } from "./times";
import { useNow } from "./useNow";

/** A moment in the reader's zone: relative within a day, exact on hover. */
export function Time({ at }: { at: string | null }) {
  const locale = useLocale();
  const now = useNow();
  if (!at) return <span className="quiet">–</span>;
  return (
    <Tooltip title={exactTime(at, locale)}>
      <time dateTime={at} className="unbroken">
        {friendlyTime(at, now, locale)}
      </time>
    </Tooltip>
  );
}
