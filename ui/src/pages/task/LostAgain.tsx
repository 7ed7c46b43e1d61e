import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";
import { requests } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { count } from "@/parts/numbers";
import { useProblemWords } from "@/parts/problem-words";
import { useLocale } from "@/parts/useLocale";

/** Puts everyone whose latest call was lost back among those to be called; nothing while none was lost. */
export function LostAgain({ task }: { task: Task }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const words = useProblemWords();
  const mayNot = useWhyNotChange();
  const again = useMutation({
    mutationFn: () => requests.callAgain(task.id, { phone_state: "lost" }),
    onSuccess: ({ put_back }) => {
      message.success(t("callAgain.done", { count: put_back }));
      for (const queryKey of [
        ["customers", task.id],
        ["task", task.id],
      ])
        void client.invalidateQueries({ queryKey });
    },
    onError: (error) => message.error(words(error).what),
  });
  const { lost } = task.progress;
  if (lost === 0) return null;
  const whyNot = mayNot ?? (task.state === "finished" ? t("callAgain.finished") : null);
  const ask = () =>
    modal.confirm({
      title: t("callAgain.ask"),
      content: t("callAgain.askText", { lost: count(lost, locale) }),
      okText: t("callAgain.lost"),
      onOk: () => again.mutateAsync().catch(() => undefined),
    });
  return (
    <Tooltip title={whyNot}>
      <Button
        disabled={whyNot !== null}
        aria-description={whyNot ?? undefined}
        loading={again.isPending}
        onClick={ask}
      >
        {t("callAgain.lost")}
      </Button>
    </Tooltip>
  );
}
