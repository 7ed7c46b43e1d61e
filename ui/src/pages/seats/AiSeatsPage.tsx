import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "@/api/queries";
import { useFallbackInterval, useLiveNews } from "@/app/LiveNews";
import { useMay } from "@/app/session";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { Seats } from "./Seats";

const REFRESH_MS = 10_000;

/** How many AI seats the company owns, who has them now, and how long they last. */
export function AiSeatsPage() {
  const { t } = useTranslation();
  const live = useLiveNews().state === "open";
  const fallback = useFallbackInterval();
  const operator = useMay("keep_installation");
  const { data, error, refetch } = useQuery({
    ...queries.aiSeats(),
    refetchInterval: live ? REFRESH_MS : fallback,
  });
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return (
    <Page
      title={t("menu.aiSeats")}
      about={t("seats.about")}
      action={operator ? <LinkButton to="/companies">{t("seats.openPack")}</LinkButton> : undefined}
    >
      <Seats seats={data} />
    </Page>
  );
}
