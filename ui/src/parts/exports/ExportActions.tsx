import { DownloadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Export } from "@/api/model";
import { asProblem } from "@/api/problem";
import { isUnderWay, queries } from "@/api/queries";
import { exportFileUrl, requests } from "@/api/requests";
import { useProblemWords } from "../problem-words";

function useCallOff({ id }: Export) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const { message } = App.useApp();
  const { queryKey } = queries.export(id);
  return useMutation({
    mutationFn: () => requests.callOffExport(id),
    onSuccess: async (told) => {
      // What was asked for before it was called off may arrive after, and would show it under way.
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, told);
    },
    onError: (error) => {
      const over = asProblem(error).code === "export-state";
      void (over ? message.info(t("export.overAlready")) : message.error(words(error).what));
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey });
      void client.invalidateQueries({ queryKey: ["exports"] });
    },
  });
}

/** What can be done with an export: called off while it is under way, its file taken afterwards. */
export function ExportActions({ found }: { found: Export }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const off = useCallOff(found);
  if (isUnderWay(found))
    return (
      <Button size="small" loading={off.isPending} onClick={() => off.mutate()}>
        {t("import.callOff")}
      </Button>
    );
  if (!found.file_kept) return null;
  return (
    <Button
      size="small"
      type="primary"
      ghost
      href={exportFileUrl(found.id)}
      download
      icon={<DownloadOutlined />}
      onClick={() => setTimeout(() => void client.invalidateQueries({ queryKey: ["exports"] }), 1000)}
    >
      {t("export.save")}
    </Button>
  );
}
