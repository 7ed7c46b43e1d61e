import { useTranslation } from "react-i18next";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t("notFound.title")}>
      <EmptyState
        title={t("notFound.what")}
        hint={t("notFound.hint")}
        action={<LinkButton to="/tasks">{t("call.toTasks")}</LinkButton>}
      />
    </Page>
  );
}
