import {
  ArrowLeftOutlined,
  DownloadOutlined,
  EllipsisOutlined,
  HistoryOutlined,
  PlayCircleOutlined,
  UploadOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Tag } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { focusFirst } from "@/parts/first-focus";
import { useDesk } from "../../designer/state/DesignContext";
import { VersionsDrawer } from "../versions/VersionsDrawer";
import styles from "./Frame.module.css";
import { Publish } from "./Publish";
import { SaveStatus } from "./SaveStatus";
import { useFiles } from "./useFiles";

/** The name of the script, whether it is safe, and what is done with it as a whole. */
export function TopBar({ onReload }: { onReload: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { script, dispatch, whyNot } = useDesk();
  const [versions, setVersions] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const { upload, download } = useFiles(onReload);
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
      <Button
        icon={<HistoryOutlined />}
        aria-label={t("designer.versions.title")}
        onClick={() => setVersions(true)}
      >
        <span className={styles.word}>{t("designer.versions.title")}</span>
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
          if (chosen) upload(chosen);
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
