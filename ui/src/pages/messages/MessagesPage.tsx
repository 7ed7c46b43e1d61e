import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { SentMessages } from "./SentMessages";
import { Templates } from "./Templates";

/** Messages after calls: what was sent, and the templates of it. */
export function MessagesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const shown = useLocation().pathname.startsWith("/messages/templates") ? "templates" : "sent";
  return (
    <Page
      title={t("menu.messages")}
      about={t("messages.about")}
      action={
        <LinkButton primary to="/messages/templates/new">
          {t("messages.newTemplate")}
        </LinkButton>
      }
    >
      <Tabs
        activeKey={shown}
        onChange={(key) => navigate(key === "sent" ? "/messages" : "/messages/templates")}
        items={[
          { key: "sent", label: t("messages.sent"), children: shown === "sent" ? <SentMessages /> : null },
          {
            key: "templates",
            label: t("messages.templates"),
            children: shown === "templates" ? <Templates /> : null,
          },
        ]}
      />
      <Outlet />
    </Page>
  );
}
