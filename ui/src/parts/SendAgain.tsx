import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { chatRequests, type Push } from "@/api/chats";
import { useMay } from "@/app/session";
import { useProblemWords } from "./problem-words";

/** Sends a push again that failed, for whoever may. */
export function SendAgain({ push }: { push: Push }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const words = useProblemWords();
  const may = useMay("keep_pushes");
  const mutationKey = ["pushes", push.id, "again"];
  const sending = useMutation({
    mutationKey,
    mutationFn: () => chatRequests.sendAgain(push.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["pushes"] }),
    onError: (error) => message.error(words(error).what),
  });
  // A double click's second press comes before the button shows the first.
  const send = () => {
    if (client.isMutating({ mutationKey }) === 0) sending.mutate();
  };
  if (!may || push.state !== "failed") return null;
  return (
    <Button size="small" loading={sending.isPending} onClick={send}>
      {t("push.again")}
    </Button>
  );
}
