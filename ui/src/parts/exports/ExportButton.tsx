import { DownloadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Export, NewExport } from "@/api/model";
import { newKey } from "@/api/new-key";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { useProblemWords } from "../problem-words";
import { FollowedExport } from "./FollowedExport";

type FileKind = NonNullable<NewExport["file_kind"]>;
const FILE_KINDS: readonly FileKind[] = ["xlsx", "csv"];

function useExport(shown: NewExport["shown"]) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const words = useProblemWords();
  const { message, notification } = App.useApp();
  const follow = (asked: Export) => {
    client.setQueryData(queries.export(asked.id).queryKey, asked);
    void client.invalidateQueries({ queryKey: ["exports"] });
    notification.open({
      key: asked.id,
      title: t("export.title"),
      description: <FollowedExport id={asked.id} />,
      duration: 0,
    });
  };
  return useMutation({
    mutationFn: (file_kind: FileKind) =>
      requests.askForExport({
        key: newKey(),
        shown,
        file_kind,
        language: i18n.language.startsWith("zh") ? "zh" : "en",
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    onSuccess: follow,
    onError: (error) => message.error(words(error).what),
  });
}

/** Has the list on the screen, as it is filtered, written to a file. */
export function ExportButton({ shown }: { shown: NewExport["shown"] }) {
  const { t } = useTranslation();
  const whyNot = useWhyNot("export");
  const asking = useExport(shown);
  const items = FILE_KINDS.map((kind) => ({ key: kind, label: t(`export.${kind}`) }));
  if (whyNot)
    return (
      <Tooltip title={whyNot}>
        <Button icon={<DownloadOutlined />} disabled aria-description={whyNot}>
          {t("export.open")}
        </Button>
      </Tooltip>
    );
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, onClick: ({ key }) => asking.mutate(key === "csv" ? "csv" : "xlsx") }}
    >
      <Button icon={<DownloadOutlined />} loading={asking.isPending}>
        {t("export.open")}
      </Button>
    </Dropdown>
  );
}
