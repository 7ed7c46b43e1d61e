import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";
import { chatQueries } from "@/api/chats";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";

/** Where a link in a chat leads: to its call, for as long as the link is good. */
export function PushedPage() {
  const { t } = useTranslation();
  const { token = "" } = useParams();
  const { data, error, refetch } = useQuery(chatQueries.link(token));
  if (data) return <Navigate to={`/calls/${data.call_id}`} replace />;
  return (
    <Page title={t("push.link")} action={<LinkButton to="/calls">{t("menu.calls")}</LinkButton>}>
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />}
    </Page>
  );
}
