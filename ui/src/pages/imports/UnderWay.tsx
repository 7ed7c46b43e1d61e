import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import type { Import } from "@/api/model";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { ProblemNote } from "@/parts/ProblemPage";

/** An import that a worker is at; it can be called off until it is over. */
export function UnderWay({ found }: { found: Import }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const off = useMutation({
    mutationFn: () => requests.callOffImport(found.id),
    onSuccess: (told) => client.setQueryData(queries.import(found.id).queryKey, told),
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
