import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ScriptVersion } from "@/api/model";
import { scriptRequests, sourceUrl } from "@/api/script-requests";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { useDesk } from "../../designer/state/DesignContext";
import { Compare } from "./Compare";
import styles from "./versions.module.css";

function Source({ number }: { number: number }) {
  const { script } = useDesk();
  const { data, error, refetch } = useQuery({
    queryKey: ["script-versions", script.id, number],
    queryFn: ({ signal }) => scriptRequests.version(script.id, number, signal),
  });
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return <pre className={styles.source}>{data.source}</pre>;
}

function Who({ version }: { version: ScriptVersion }) {
  const { t } = useTranslation();
  return (
    <p className={styles.who}>
      {t("designer.versions.changed", { who: version.changed_by ?? "Callwright" })}{" "}
      <Time at={version.changed_at} />
      {version.published_at ? (
        <>
          {" · "}
          {t("designer.versions.published", { who: version.published_by ?? "Callwright" })}{" "}
          <Time at={version.published_at} />
        </>
      ) : null}
    </p>
  );
}

interface VersionProps {
  version: ScriptVersion;
  /** What it is compared with: what stands in the draft, or is published. */
  against: number | null;
  onReload: () => void;
}

function useActs(version: ScriptVersion, onReload: () => void) {
  const { t } = useTranslation();
  const { script, saver, content } = useDesk();
  const client = useQueryClient();
  const { message } = App.useApp();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ["scripts"] });
    void client.invalidateQueries({ queryKey: ["script-versions", script.id] });
  };
  const restore = useMutation({
    mutationFn: async () => {
      await saver.settle();
      return scriptRequests.restore(script.id, version.number, saver.revision);
    },
    onSuccess: (restored) => {
      saver.rebase(content, restored.revision);
      refresh();
      message.success(t("designer.versions.restored", { number: version.number }));
      onReload();
    },
  });
  const again = useMutation({
    mutationFn: () => scriptRequests.rollBack(script.id, version.number),
    onSuccess: (published) => {
      saver.rebase(content, published.revision);
      refresh();
      void client.invalidateQueries({ queryKey: ["script", script.id] });
      message.success(t("designer.versions.rolledBack", { number: version.number }));
    },
  });
  return { restore, again };
}

function Version({ version, against, onReload }: VersionProps) {
  const { t } = useTranslation();
  const { script, whyNot } = useDesk();
  const { modal } = App.useApp();
  const [shown, setShown] = useState<"source" | "compare" | null>(null);
  const { restore, again } = useActs(version, onReload);
  const { number } = version;
  const ask = () =>
    modal.confirm({
      title: t("designer.versions.rollBackTitle", { number }),
      content: t("designer.versions.rollBackText"),
      okText: t("designer.versions.rollBack"),
      cancelText: t("designer.cancel"),
      focusable: { autoFocusButton: "cancel" },
      onOk: () => again.mutate(),
    });
  const error = restore.error ?? again.error;
  return (
    <li className={styles.version}>
      <div className={styles.head}>
        <strong>{t("script.version", { number })}</strong>
        {version.draft ? <Tag color="warning">{t("script.draft")}</Tag> : null}
        {version.current ? <Tag color="success">{t("designer.versions.inUse")}</Tag> : null}
      </div>
      {version.note ? <p className={styles.note}>{version.note}</p> : null}
      <Who version={version} />
      <div className={styles.tools}>
        <Button size="small" onClick={() => setShown(shown === "source" ? null : "source")}>
          {t("designer.versions.view")}
        </Button>
        {against !== null && against !== number ? (
          <Button size="small" onClick={() => setShown(shown === "compare" ? null : "compare")}>
            {t("designer.versions.compare", { number: against })}
          </Button>
        ) : null}
        <Button size="small" href={sourceUrl(script.id, number)} download>
          {t("designer.versions.download")}
        </Button>
        {version.draft || whyNot !== null ? null : (
          <Button size="small" loading={restore.isPending} onClick={() => restore.mutate()}>
            {t("designer.versions.restore")}
          </Button>
        )}
        {version.published_at && !version.current && whyNot === null ? (
          <Button size="small" loading={again.isPending} onClick={ask}>
            {t("designer.versions.rollBack")}
          </Button>
        ) : null}
      </div>
      {error ? <ProblemNote error={error} /> : null}
      {shown === "source" ? <Source number={number} /> : null}
      {shown === "compare" && against !== null ? (
        <Compare scriptId={script.id} from={number} to={against} />
      ) : null}
    </li>
  );
}

interface Props {
  open: boolean;
  onClose: () => void;
  onReload: () => void;
}

/** Every version: who, when, what for; to be read, compared, brought back, put into use again. */
export function VersionsDrawer({ open, onClose, onReload }: Props) {
  const { t } = useTranslation();
  const { script, saver } = useDesk();
  const { data, error, refetch } = useQuery({
    queryKey: ["script-versions", script.id],
    queryFn: async ({ signal }) => {
      await saver.flush();
      return scriptRequests.versions(script.id, signal);
    },
    enabled: open,
  });
  const against = script.draft?.number ?? script.published?.number ?? null;
  return (
    <Drawer
      open={open}
      title={t("designer.versions.title")}
      size="min(760px, 100vw)"
      onClose={onClose}
      destroyOnHidden
    >
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active /> : null}
      <ul className={styles.list}>
        {(data ?? []).map((version) => (
          <Version key={version.id} version={version} against={against} onReload={onReload} />
        ))}
      </ul>
    </Drawer>
  );
}
