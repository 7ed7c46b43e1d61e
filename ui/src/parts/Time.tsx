import { Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useMe } from "@/app/session";
import { useLocale } from "@/parts/useLocale";
import { elsewhere, exactTime, friendlyTime } from "./times";
import { useNow } from "./useNow";

interface Props {
  at: string | null;
  /** It has happened: news may come from a clock that is a little ahead, or sooner than this page's next tick. */
  past?: boolean;
}

/** A moment in the reader's zone: relative within a day; on hover exact, and as the company's own clock shows it. */
export function Time({ at, past = false }: Props) {
  const locale = useLocale();
  const now = useNow();
  const { t } = useTranslation();
  const { tenant } = useMe();
  const there = at ? elsewhere(at, tenant.time_zone, locale) : null;
  if (!at) return <span className="quiet">–</span>;
  return (
    <Tooltip
      title={
        <>
          {exactTime(at, locale)}
          {there ? <div>{t("time.atCompany", { time: there })}</div> : null}
        </>
      }
    >
      <time dateTime={at} className="unbroken">
        {friendlyTime(at, past ? Math.max(now, Date.parse(at)) : now, locale)}
      </time>
    </Tooltip>
  );
}
