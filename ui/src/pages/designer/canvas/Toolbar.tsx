import {
  ApartmentOutlined,
  CompressOutlined,
  MinusOutlined,
  PlusOutlined,
  RedoOutlined,
  SearchOutlined,
  UndoOutlined,
} from "@ant-design/icons";
import { useReactFlow } from "@xyflow/react";
import { Button, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOneStop } from "@/parts/useOneStop";
import { arranged } from "../script/layout";
import { useDesk } from "../state/DesignContext";
import type { Card } from "./cards";
import styles from "./Toolbar.module.css";
import { readable } from "./useView";

interface ToolProps {
  label: string;
  icon: ReactNode;
  onClick: () => void;
  disabled?: boolean;
}

function Tool({ label, icon, onClick, disabled }: ToolProps) {
  return (
    <Tooltip title={label} placement="bottom">
      <Button type="text" size="small" icon={icon} aria-label={label} disabled={disabled} onClick={onClick} />
    </Tooltip>
  );
}

/** Undo, order, zoom and search of the drawing. */
export function Toolbar({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const { design, dispatch, edit, whyNot } = useDesk();
  const view = useReactFlow<Card>();
  const { zoomIn, zoomOut, fitView } = view;
  const { past, future } = design.history;
  const stop = useOneStop<HTMLDivElement>();
  const arrange = () => {
    edit((content) => arranged(content, design.flow));
    setTimeout(() => void readable(view), 60);
  };
  return (
    <div {...stop} className={styles.bar} role="toolbar" aria-label={t("designer.tools.name")}>
      <Tool
        label={t("designer.tools.undo")}
        icon={<UndoOutlined />}
        disabled={past.length === 0}
        onClick={() => dispatch({ type: "undo" })}
      />
      <Tool
        label={t("designer.tools.redo")}
        icon={<RedoOutlined />}
        disabled={future.length === 0}
        onClick={() => dispatch({ type: "redo" })}
      />
      <span className={styles.gap} />
      <Tool
        label={t("designer.tools.arrange")}
        icon={<ApartmentOutlined />}
        disabled={whyNot !== null}
        onClick={arrange}
      />
      <Tool label={t("designer.tools.find")} icon={<SearchOutlined />} onClick={onFind} />
      <span className={styles.gap} />
      <Tool label={t("designer.tools.zoomOut")} icon={<MinusOutlined />} onClick={() => void zoomOut()} />
      <Tool label={t("designer.tools.zoomIn")} icon={<PlusOutlined />} onClick={() => void zoomIn()} />
      <Tool
        label={t("designer.tools.fit")}
        icon={<CompressOutlined />}
        onClick={() => void fitView({ maxZoom: 1, padding: 0.1, duration: 250 })}
      />
    </div>
  );
}
