import {
  CheckCircleOutlined,
  CloudSyncOutlined,
  DisconnectOutlined,
  LoadingOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../../designer/state/DesignContext";
import type { SaveState } from "../../designer/state/saver";
import { useSaveState } from "../../designer/state/useSaver";
import styles from "./Frame.module.css";

const ICONS: Record<SaveState["kind"], ReactNode> = {
  saved: <CheckCircleOutlined />,
  waiting: <CloudSyncOutlined />,
  saving: <LoadingOutlined />,
  offline: <DisconnectOutlined />,
  refused: <WarningOutlined />,
  overtaken: <WarningOutlined />,
};

const BAD: readonly SaveState["kind"][] = ["offline", "refused", "overtaken"];

/** Whether what stands on the screen is safe, and where. */
export function SaveStatus() {
  const { t } = useTranslation();
  const { saver, whyNot } = useDesk();
  const { kind } = useSaveState(saver);
  if (whyNot !== null) return <span className={styles.save}>{t("designer.save.readOnly")}</span>;
  return (
    <Tooltip title={t(`designer.save.${kind}Hint`)}>
      <span className={`${styles.save} ${BAD.includes(kind) ? styles.saveBad : ""}`} role="status">
        {ICONS[kind]}
        {t(`designer.save.${kind}`)}
        {kind === "offline" ? (
          <Button size="small" type="link" onClick={() => void saver.flush()}>
            {t("action.tryAgain")}
          </Button>
        ) : null}
      </span>
    </Tooltip>
  );
}
