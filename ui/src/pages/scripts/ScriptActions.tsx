import {
  CopyOutlined,
  DeleteOutlined,
  DownloadOutlined,
  InboxOutlined,
  MoreOutlined,
  RollbackOutlined,
} from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Script } from "@/api/model";
import { scriptRequests, sourceUrl } from "@/api/script-requests";
import { useWhyNot } from "@/app/session";
import { useFaultWords } from "@/parts/fault-words";

function useActs(script: Script) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const words = useFaultWords();
  const done = (text: string) => {
    message.success(text);
    void client.invalidateQueries({ queryKey: ["scripts"] });
  };
  const onError = (error: unknown) => message.error(words(error));
  const { name } = script;
  const shelve = useMutation({
    mutationFn: () => scriptRequests.archive(script.id, !script.archived),
    onSuccess: () => done(t(script.archived ? "script.takenOut" : "script.putAway", { name })),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => scriptRequests.remove(script.id),
    onSuccess: () => done(t("script.deleted", { name })),
    onError,
  });
  return { shelve, remove };
}

/** What is done with a script as a whole. */
export function ScriptActions({ script }: { script: Script }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const whyNot = useWhyNot("change_scripts");
  const { shelve, remove } = useActs(script);
  const disabled = whyNot !== null;
  const { name, archived } = script;
  const ask = () =>
    modal.confirm({
      title: t("script.deleteTitle", { name }),
      content: t("script.deleteText"),
      okText: t("script.delete"),
      okButtonProps: { danger: true },
      focusable: { autoFocusButton: "cancel" },
      cancelText: t("designer.cancel"),
      onOk: () => remove.mutateAsync().catch(() => undefined),
    });
  const items: MenuProps["items"] = [
    {
      key: "copy",
      icon: <CopyOutlined />,
      label: t("script.copy"),
      disabled,
      onClick: () => navigate(`/scripts/new?from=${script.id}`),
    },
    {
      key: "download",
      icon: <DownloadOutlined />,
      label: (
        <a href={sourceUrl(script.id)} download>
          {t("designer.file.download")}
        </a>
      ),
    },
    {
      key: "shelve",
      icon: archived ? <RollbackOutlined /> : <InboxOutlined />,
      label: t(archived ? "script.takeOut" : "script.archive"),
      disabled,
      onClick: () => shelve.mutate(),
    },
    { type: "divider" },
    {
      key: "delete",
      icon: <DeleteOutlined />,
      label: t("script.delete"),
      danger: true,
      disabled,
      onClick: ask,
    },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button type="text" icon={<MoreOutlined />} aria-label={t("script.actionsOf", { name })} />
    </Dropdown>
  );
}
