import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { bookQueries } from "@/api/book";
import { moneyQueries } from "@/api/money";
import { queries } from "@/api/queries";
import type { Today } from "@/api/today";
import { useMay } from "@/app/session";
import { type Due, dueSpan } from "@/pages/customers/due";
import { ownerOf, useOwnWhose } from "@/pages/customers/useWhose";
import { Figure, FigureRow } from "@/parts/Figure";
import { count, money, percent } from "@/parts/numbers";
import { Panel } from "@/parts/Panel";
import { clockLength } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";

const REFRESH_MS = 15_000;
const NOT_YET = "–";

function SeatsFigure() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data } = useQuery({ ...queries.aiSeats(), refetchInterval: REFRESH_MS });
  const number = (value: number) => count(value, locale);
  return (
    <Figure
      name={t("today.seats")}
      value={<Link to="/ai-seats">{data ? `${number(data.in_use)} / ${number(data.total)}` : NOT_YET}</Link>}
      note={data ? t("seats.free", { count: data.free }) : ""}
    />
  );
}

function BalanceFigure() {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data } = useQuery({ ...moneyQueries.balance(), refetchInterval: REFRESH_MS });
  const empty = data !== undefined && data.available <= 0;
  return (
    <Figure
      name={t("today.balance")}
      value={<Link to="/money">{data ? money(data.available, data.currency, locale) : NOT_YET}</Link>}
      note={data ? t(empty ? "money.emptyNote" : "money.availableNote") : ""}
      warns={empty}
    />
  );
}

/** How many of those whom the reader's book begins with are to be followed up, and the list of them. */
function useFollowUps(due: Due) {
  const whose = useOwnWhose();
  const owner = ownerOf[whose];
  const now = useNow();
  const { data } = useQuery({
    ...bookQueries.count({ ...dueSpan(due, new Date(now)), ...(owner ? { owner } : {}) }),
    placeholderData: (before) => before,
  });
  return { count: data?.count, to: `/customers?due=${due}&order=follow_up&whose=${whose}` };
}

function FollowUpsFigure() {
  const { t } = useTranslation();
  const locale = useLocale();
  const overdue = useFollowUps("overdue");
  const today = useFollowUps("today");
  return (
    <Figure
      name={t("today.followUps")}
      value={
        <Link to={overdue.to}>{overdue.count === undefined ? NOT_YET : count(overdue.count, locale)}</Link>
      }
      note={
        today.count === undefined ? (
          ""
        ) : (
          <Link to={today.to}>{t("today.wholeDay", { count: today.count })}</Link>
        )
      }
      hint={t("today.followUpsHint")}
    />
  );
}

function CallFigures({ day }: { day: Today }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const share = (value: number) =>
    new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(value / 100);
  return (
    <>
      <Figure
        name={t("figure.connected")}
        value={percent(day.connected, day.calls, locale)}
        note={t(`today.connectedOf.${day.own ? "own" : "all"}`, {
          connected: count(day.connected, locale),
          calls: count(day.calls, locale),
          talk: clockLength(day.talk_ms),
        })}
      />
      <Figure
        name={t("figure.lost")}
        value={day.lost_percent === null ? NOT_YET : share(day.lost_percent)}
        note={t("figure.lostCalls", { count: day.lost })}
        hint={t("figure.lostHint")}
        warns={day.lost > 0}
      />
    </>
  );
}

/** The day in one row of figures: of the company's means, those that the reader may see. */
export function DayFigures({ day }: { day: Today }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const seats = useMay("read_seats");
  const balance = useMay("read_balance");
  return (
    <Panel padded={false}>
      <FigureRow>
        <Figure
          name={t("today.running")}
          value={<Link to="/tasks?state=running">{count(day.running, locale)}</Link>}
          note={day.waiting > 0 ? t("today.waiting", { count: day.waiting }) : ""}
        />
        {seats ? <SeatsFigure /> : null}
        <CallFigures day={day} />
        <FollowUpsFigure />
        {balance ? <BalanceFigure /> : null}
      </FigureRow>
    </Panel>
  );
}
