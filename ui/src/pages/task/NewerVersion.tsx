import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Task } from "@/api/model";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { ProblemNote } from "@/parts/ProblemPage";

/** Offers the version of its script that is in use by now to a task that plays an earlier one. */
export function NewerVersion({ task }: { task: Task }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const may = useWhyNotChange() === null;
  const { script } = task;
  const looks = may && task.state !== "finished" && task.arms.length === 0;
  const { data } = useQuery({ ...queries.script(script.id), enabled: looks });
  const play = useMutation({
    mutationFn: (number: number) => requests.playVersion(task.id, number),
    onSuccess: (moved) => {
      client.setQueryData(queries.task(task.id).queryKey, moved);
      void client.invalidateQueries({ queryKey: ["tasks"] });
      message.success(t("taskVersion.played", { number: moved.script.version }));
    },
  });
  const number = data?.published?.number ?? script.version;
  if (!looks || number === script.version) return null;
  return (
    <>
      <Alert
        type="info"
        showIcon
        title={t("taskVersion.newer", { script: script.name, number, mine: script.version })}
        description={
          <>
            {t("taskVersion.newerHint")} <Link to={`/scripts/${script.id}/edit`}>{t("taskVersion.see")}</Link>
            <div style={{ marginBlockStart: 8 }}>
              <Button size="small" loading={play.isPending} onClick={() => play.mutate(number)}>
                {t("taskVersion.play", { number })}
              </Button>
            </div>
          </>
        }
      />
      {play.isError ? <ProblemNote error={play.error} /> : null}
    </>
  );
}
