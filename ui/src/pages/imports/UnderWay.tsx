import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import type { Import } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { ProblemNote } from "@/parts/ProblemPage";

/** An import that a worker is at; it can be called off until it is over. */
export function UnderWay({ found }: { found: Import }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const { queryKey } = queries.import(found.id);
  const off = useMutation({
    mutationFn: () => requests.callOffImport(found.id),
    onSuccess: async (told) => {
      // What was asked for before it was called off may arrive after, and would show it under way.
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, told);
    },
    onError: async (error) => {
      if (asProblem(error).code === "import-state") message.info(t("import.overAlready"));
      await client.invalidateQueries({ queryKey });
    },
  });
  return (
    <div role="status">
      <p>{t(found.state === "waiting" ? "import.waiting" : "import.running")}</p>
      <Progress percent={Math.round(found.progress * 100)} aria-label={t("import.running")} />
      <Button loading={off.isPending} onClick={() => off.mutate()}>
        {t("import.callOff")}
      </Button>
      {off.isError ? <ProblemNote error={off.error} /> : null}
    </div>
  );
}
