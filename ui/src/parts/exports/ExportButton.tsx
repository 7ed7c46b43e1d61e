import { DownloadOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { Export, NewExport } from "@/api/model";
import { newKey } from "@/api/new-key";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import type { List } from "../lists/useList";
import { useProblemWords } from "../problem-words";
import { FollowedExport } from "./FollowedExport";

type FileKind = NonNullable<NewExport["file_kind"]>;
const FILE_KINDS: readonly FileKind[] = ["xlsx", "csv"];
const COLUMNS = ["seen", "all"] as const;

/** A file of the list, and whether it has all there is to tell of a row, or what is seen of it. */
interface Wanted {
  file_kind: FileKind;
  columns: string[] | null;
}

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
    mutationFn: (wanted: Wanted) =>
      requests.askForExport({
        key: newKey(),
        shown,
        ...wanted,
        language: i18n.language.startsWith("zh") ? "zh" : "en",
        time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      }),
    onSuccess: follow,
    onError: (error) => message.error(words(error).what),
  });
}

interface Props<Row> {
  shown: NewExport["shown"];
  list: List<Row>;
}

/** Has the list on the screen, as it is filtered, written to a file: the columns that are seen, or all. */
export function ExportButton<Row>({ shown, list }: Props<Row>) {
  const { t } = useTranslation();
  const whyNot = useWhyNot("export");
  const asking = useExport(shown);
  const items = COLUMNS.map((columns) => ({
    key: columns,
    type: "group" as const,
    label: t(`export.columns.${columns}`),
    children: FILE_KINDS.map((kind) => ({ key: `${columns} ${kind}`, label: t(`export.${kind}`) })),
  }));
  const ask = (key: string) =>
    asking.mutate({
      file_kind: key.endsWith("csv") ? "csv" : "xlsx",
      columns: key.startsWith("seen") ? list.seen.map((column) => column.key) : null,
    });
  if (whyNot)
    return (
      <Tooltip title={whyNot}>
        <Button icon={<DownloadOutlined />} disabled aria-description={whyNot}>
          {t("export.open")}
        </Button>
      </Tooltip>
    );
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => ask(key) }}>
      <Button icon={<DownloadOutlined />} loading={asking.isPending || list.pending}>
        {t("export.open")}
      </Button>
    </Dropdown>
  );
}
