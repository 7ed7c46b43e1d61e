import {
  ArrowLeftOutlined,
  DownloadOutlined,
  EllipsisOutlined,
  HistoryOutlined,
  PlayCircleOutlined,
  UploadOutlined,
} from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown, Tag } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem";
import { requests } from "@/api/requests";
import { sourceUrl } from "@/api/script-requests";
import { focusFirst } from "@/parts/first-focus";
import { useProblemWords } from "@/parts/problem-words";
import { useDesk } from "../../designer/state/DesignContext";
import { faultsOf } from "../../scripts/Faults";
import { VersionsDrawer } from "../versions/VersionsDrawer";
import styles from "./Frame.module.css";
import { Publish } from "./Publish";
import { SaveStatus } from "./SaveStatus";

function useFiles(onReload: () => void) {
  const { t } = useTranslation();
  const { script, saver, content } = useDesk();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const words = useProblemWords();
  const take = useMutation({
    mutationFn: async (file: File) => {
      await saver.settle();
      return requests.uploadScript(await file.text(), script.name);
    },
    onSuccess: (made) => {
      saver.rebase(content, made.revision);
      void client.invalidateQueries({ queryKey: ["scripts"] });
      message.success(t("designer.file.taken"));
      onReload();
    },
    onError: (error) => {
      const problem = asProblem(error);
      const faults = faultsOf(problem);
      modal.error({
        title: t("designer.file.refused"),
        content: faults.length > 0 ? faults.map(({ message: text }) => text).join(" ") : words(problem).what,
      });
    },
  });
  const download = async () => {
    await saver.flush();
    const link = document.createElement("a");
    link.href = sourceUrl(script.id);
    link.download = `${script.name}.yaml`;
    link.click();
  };
  return { take, download };
}

/** The name of the script, whether it is safe, and what is done with it as a whole. */
export function TopBar({ onReload }: { onReload: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { script, dispatch, whyNot } = useDesk();
  const [versions, setVersions] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const { take, download } = useFiles(onReload);
  const tryIt = () => {
    dispatch({ type: "tab", tab: "test" });
    focusFirst();
  };
  return (
    <header className={styles.top}>
      <Button
        type="text"
        icon={<ArrowLeftOutlined />}
        aria-label={t("designer.back")}
        title={t("designer.back")}
        onClick={() => navigate("/scripts")}
      />
      <div className={styles.name}>
        <h1 className={styles.title} title={script.name}>
          {script.name}
        </h1>
        {script.draft ? (
          <Tag color="warning">{t("designer.draftOf", { number: script.draft.number })}</Tag>
        ) : script.published ? (
          <Tag>{t("script.version", { number: script.published.number })}</Tag>
        ) : null}
      </div>
      <SaveStatus />
      <span className={styles.space} />
      <Button icon={<PlayCircleOutlined />} onClick={tryIt}>
        {t("designer.tryIt")}
      </Button>
      <Button icon={<HistoryOutlined />} onClick={() => setVersions(true)}>
        {t("designer.versions.title")}
      </Button>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: [
            {
              key: "download",
              icon: <DownloadOutlined />,
              label: t("designer.file.download"),
              onClick: () => void download(),
            },
            {
              key: "upload",
              icon: <UploadOutlined />,
              label: t("designer.file.upload"),
              disabled: whyNot !== null,
              onClick: () => file.current?.click(),
            },
          ],
        }}
      >
        <Button icon={<EllipsisOutlined />} aria-label={t("designer.more")} />
      </Dropdown>
      <input
        ref={file}
        type="file"
        accept=".yaml,.yml"
        hidden
        aria-label={t("designer.file.upload")}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) take.mutate(chosen);
        }}
      />
      <Publish />
      <VersionsDrawer
        open={versions}
        onClose={() => setVersions(false)}
        onReload={() => {
          setVersions(false);
          onReload();
        }}
      />
    </header>
  );
}
