import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { type BoundChat, chatQueries, chatRequests } from "@/api/chats";
import { AskFirst } from "@/parts/AskFirst";
import { PushLabel } from "@/parts/PushLabel";
import { useProblemWords } from "@/parts/problem-words";
import { Time } from "@/parts/Time";
import styles from "./chats.module.css";
import { useKindWords } from "./useKindWords";

function useChanging<Given>(change: (given: Given) => Promise<unknown>) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const words = useProblemWords();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: chatQueries.own().queryKey }),
    onError: (error) => message.error(words(error).what),
  });
}

function Actions({ chat }: { chat: BoundChat }) {
  const { t } = useTranslation();
  const trying = useChanging(() => chatRequests.test(chat.id));
  const removing = useChanging(() => chatRequests.unbind(chat.id));
  const name = { name: chat.name };
  return (
    <div className={styles.actions}>
      <Button
        type={chat.test ? "default" : "primary"}
        loading={trying.isPending || chat.test?.state === "sending"}
        aria-label={t("chat.tryNamed", name)}
        onClick={() => trying.mutate(undefined)}
      >
        {t("chat.try")}
      </Button>
      <AskFirst
        title={t("chat.unbindSure", name)}
        description={t("chat.unbindHint")}
        okText={t("chat.unbind")}
        onConfirm={() => removing.mutateAsync(undefined).catch(() => undefined)}
      >
        <Button danger type="text" aria-label={t("chat.unbindNamed", name)}>
          {t("chat.unbind")}
        </Button>
      </AskFirst>
    </div>
  );
}

/** One of one's own chats: what it is, what came of trying it, and trying it. */
export function ChatCard({ chat }: { chat: BoundChat }) {
  const { t } = useTranslation();
  const words = useKindWords();
  const renaming = useChanging((name: string) => chatRequests.rename(chat.id, name));
  const rename = (name: string) => {
    if (name.trim() && name !== chat.name) renaming.mutate(name.trim());
  };
  return (
    <li className={styles.chat}>
      <div className={styles.what}>
        <Typography.Text
          strong
          editable={{ onChange: rename, maxLength: 80, tooltip: t("chat.rename"), triggerType: ["icon"] }}
        >
          {chat.name}
        </Typography.Text>
        <div className="quiet">
          {words.kind(chat.kind)} · {chat.hint}
        </div>
        {chat.left_at ? (
          <Alert
            type="warning"
            showIcon
            className={styles.test}
            title={t("wechat.left")}
            description={t("wechat.leftHint")}
          />
        ) : null}
        {chat.test ? (
          <div className={styles.test}>
            <span className="quiet">
              {t("chat.lastTry")} <Time past at={chat.test.tried_at ?? chat.test.created_at} />
            </span>
            <PushLabel push={chat.test} />
          </div>
        ) : (
          <div className={styles.test}>{chat.left_at ? null : t("chat.notTried")}</div>
        )}
      </div>
      <Actions chat={chat} />
    </li>
  );
}
