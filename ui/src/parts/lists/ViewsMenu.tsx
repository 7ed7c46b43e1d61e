import { CheckOutlined, FolderOpenOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, type MenuProps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/lists";
import { useProblemWords } from "../problem-words";
import styles from "./lists.module.css";
import { NameView } from "./NameView";
import type { List } from "./useList";
import { useViews, type Views } from "./useViews";

type Items = NonNullable<MenuProps["items"]>;

/** The views of the list to choose among: one's own, then those that others share. */
function useChoosable({ query, current }: Views): Items {
  const { t } = useTranslation();
  if (query.isPending) return [{ key: "loading", disabled: true, label: t("state.loading") }];
  if (query.isError) return [{ key: "again", label: t("lists.notLoaded") }];
  const item = (view: SavedView) => ({
    key: `open ${view.id}`,
    icon: view.id === current?.id ? <CheckOutlined /> : <span className={styles.unchecked} />,
    label: view.mine ? (
      view.name
    ) : (
      <>
        {view.name} <span className="quiet">{view.owner.name}</span>
      </>
    ),
  });
  const mine = query.data.filter((view) => view.mine);
  const others = query.data.filter((view) => !view.mine);
  const none = { key: "none", disabled: true, label: t("lists.none") };
  return [
    { key: "mine", type: "group", label: t("lists.mine"), children: mine.length ? mine.map(item) : [none] },
    ...(others.length
      ? [{ key: "shared", type: "group" as const, label: t("lists.shared"), children: others.map(item) }]
      : []),
  ];
}

/** What can be done with what the list shows, and with the view that is open. */
function useActs({ current, changed }: Views): Items {
  const { t } = useTranslation();
  const acts: Items = [{ key: "save", label: t("lists.saveThis") }];
  if (current?.mine)
    acts.push(
      { key: "replace", label: t("lists.replace", { name: current.name }), disabled: !changed },
      { key: "rename", label: t("lists.rename") },
      { key: "remove", label: t("lists.remove"), danger: true },
    );
  if (current) acts.push({ key: "leave", label: t("lists.leave") });
  return acts;
}

/** Takes a view away, and offers for a while to bring it back. */
function useRemoval(views: Views) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { message, notification } = App.useApp();
  const onError = (error: unknown) => void message.error(words(error).what);
  const bringBack = ({ id, name, search, columns, shared }: SavedView) => {
    notification.destroy(id);
    views.save.mutate({ name, search, columns, shared }, { onError });
  };
  return (view: SavedView) =>
    views.remove.mutate(view, {
      onError,
      onSuccess: () =>
        notification.open({
          key: view.id,
          title: t("lists.removed", { name: view.name }),
          actions: (
            <Button size="small" onClick={() => bringBack(view)}>
              {t("lists.undo")}
            </Button>
          ),
          duration: 10,
        }),
    });
}

/** Views of the list under their names: to open, save, replace, rename, share and remove. */
export function ViewsMenu<Row>({ list }: { list: List<Row> }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { message } = App.useApp();
  const [opened, setOpened] = useState(false);
  const [naming, setNaming] = useState<"save" | "rename" | null>(null);
  const views = useViews(list.name, list.choice, opened);
  const remove = useRemoval(views);
  const { current } = views;
  const replace = (view: SavedView) =>
    views.change.mutate(
      { id: view.id, name: view.name, shared: view.shared, ...views.here },
      {
        onSuccess: () => void message.success(t("lists.replaced", { name: view.name })),
        onError: (error) => void message.error(words(error).what),
      },
    );
  const act = (key: string) => {
    if (key === "again") void views.query.refetch();
    else if (key === "save" || key === "rename") setNaming(key);
    else if (key === "leave") views.open(null);
    else if (key === "replace" && current) replace(current);
    else if (key === "remove" && current) remove(current);
    else views.open(views.query.data?.find(({ id }) => key === `open ${id}`) ?? null);
  };
  const items = [...useChoosable(views), { key: "line", type: "divider" as const }, ...useActs(views)];
  const name = current && (views.changed ? t("lists.changed", { name: current.name }) : current.name);
  return (
    <>
      <Dropdown
        trigger={["click"]}
        onOpenChange={setOpened}
        menu={{ items, onClick: ({ key }) => act(key), className: styles.menu }}
      >
        <Button icon={<FolderOpenOutlined />} aria-label={name ? t("lists.openView", { name }) : undefined}>
          <span className={styles.current}>{name ?? t("lists.views")}</span>
        </Button>
      </Dropdown>
      {naming ? (
        <NameView
          views={views}
          view={naming === "rename" ? current : null}
          close={() => {
            setNaming(null);
            views.save.reset();
            views.change.reset();
          }}
        />
      ) : null}
    </>
  );
}
