import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Today, todayQueries } from "@/api/today";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { zoneName } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";
import { DayFigures } from "./DayFigures";
import { FirstSteps } from "./FirstSteps";
import { HoursChart } from "./HoursChart";
import { RunningTasks } from "./RunningTasks";
import { StandingWarnings } from "./StandingWarnings";
import styles from "./today.module.css";

const REFRESH_MS = 15_000;

/** The day as the company's clock has it, which may be another than the reader's. */
function useDayWords({ time_zone }: Today): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: time_zone }).format(now);
  return t("today.about", { day, zone: zoneName(time_zone) });
}

function Day({ day }: { day: Today }) {
  const { t } = useTranslation();
  const isLed = day.beginning !== null && !day.beginning.task;
  return (
    <Page title={t("menu.today")} about={useDayWords(day)}>
      <div className={styles.day}>
        {isLed && day.beginning ? <FirstSteps done={day.beginning} /> : null}
        <DayFigures day={day} />
        <div className={styles.columns}>
          <HoursChart day={day} />
          <StandingWarnings />
        </div>
        {isLed ? null : <RunningTasks running={day.running} />}
      </div>
    </Page>
  );
}

/** How the company's day goes: what one looks at first. */
export function TodayPage() {
  const { data, error, refetch } = useQuery({ ...todayQueries.day(), refetchInterval: REFRESH_MS });
  if (data) return <Day day={data} />;
  return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
}
