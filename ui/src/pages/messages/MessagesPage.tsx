import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation, useNavigate } from "react-router";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { SendsNothingNote } from "@/parts/SendsNothing";
import { OptOuts } from "./OptOuts";
import { Pushes } from "./Pushes";
import { SendingHours } from "./SendingHours";
import { SentMessages } from "./SentMessages";
import { Templates } from "./Templates";

const TABS = ["templates", "hours", "opt-outs", "chats"] as const;

/** Messages after calls: what was sent, and the templates of it. */
export function MessagesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const shown = TABS.find((tab) => pathname.startsWith(`/messages/${tab}`)) ?? "sent";
  return (
    <Page
      title={t("menu.messages")}
      about={t("messages.about")}
      action={
        shown === "chats" ? undefined : (
          <LinkButton primary to="/messages/templates/new">
            {t("messages.newTemplate")}
          </LinkButton>
        )
      }
    >
      {shown === "chats" ? null : <SendsNothingNote />}
      <Tabs
        activeKey={shown}
        onChange={(key) => navigate(key === "sent" ? "/messages" : `/messages/${key}`)}
        items={[
          { key: "sent", label: t("messages.sent"), children: shown === "sent" ? <SentMessages /> : null },
          {
            key: "templates",
            label: t("messages.templates"),
            children: shown === "templates" ? <Templates /> : null,
          },
          { key: "hours", label: t("messages.hours"), children: shown === "hours" ? <SendingHours /> : null },
          {
            key: "opt-outs",
            label: t("optOut.title"),
            children: shown === "opt-outs" ? <OptOuts /> : null,
          },
          { key: "chats", label: t("push.title"), children: shown === "chats" ? <Pushes /> : null },
        ]}
      />
      <Outlet />
    </Page>
  );
}
