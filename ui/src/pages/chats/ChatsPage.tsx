import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { chatQueries } from "@/api/chats";
import { useMay } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { ChatCard } from "./ChatCard";
import styles from "./chats.module.css";

/** One's own chats, in which one is told of customers and warnings. */
export function ChatsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(chatQueries.own());
  const keepsAccount = useMay("keep_wechat");
  const add = (
    <LinkButton primary to="/chats/new">
      {t("chat.bind")}
    </LinkButton>
  );
  const account = keepsAccount ? <LinkButton to="/chats/wechat">{t("wechat.account")}</LinkButton> : null;
  return (
    <Page
      title={t("chat.title")}
      about={t("chat.about")}
      action={
        <>
          {account}
          {data?.length ? add : null}
        </>
      }
    >
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data ? (
        <Panel padded={data.length === 0}>
          {data.length === 0 ? (
            <EmptyState title={t("chat.none")} hint={t("chat.noneHint")} action={add} />
          ) : (
            <ul className={styles.list} aria-label={t("chat.title")}>
              {data.map((chat) => (
                <ChatCard key={chat.id} chat={chat} />
              ))}
            </ul>
          )}
        </Panel>
      ) : null}
      <Outlet />
    </Page>
  );
}
