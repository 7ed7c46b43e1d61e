import { ArrowLeftOutlined, AudioOutlined, CheckCircleFilled } from "@ant-design/icons";
import { Badge, Button, ConfigProvider, Segmented } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { TryPanel } from "../trying/TryPanel";
import type { TestChat as Conversation } from "./chat/useChat";
import styles from "./Designer.module.css";
import { NodeList } from "./list/NodeList";
import { FaultList } from "./panel/FaultList";
import { NodePanel } from "./panel/NodePanel";
import { useDesk } from "./state/DesignContext";
import type { SideTab } from "./state/design";

function Faults() {
  const { t } = useTranslation();
  const { faults, checked } = useDesk();
  if (faults.length > 0) return <FaultList faults={faults} />;
  if (!checked) return <p className="quiet">{t("designer.faults.checking")}</p>;
  return (
    <div className={styles.clean}>
      <CheckCircleFilled className={styles.cleanIcon} />
      <strong>{t("designer.faults.none")}</strong>
      <p className="quiet">{t("designer.faults.noneHint")}</p>
    </div>
  );
}

/** Beside the drawing, or in its place: what is chosen in it, what is wrong with it, and talking with it. */
export function SidePanel({ talk, narrow }: { talk: Conversation; narrow: boolean }) {
  const { t } = useTranslation();
  const { design, dispatch, faults, whyNot } = useDesk();
  const { tab } = design;
  const [opened, setOpened] = useState(false);
  const [live, setLive] = useState(false);
  useEffect(() => {
    if (tab === "test") setOpened(true);
  }, [tab]);
  const chosen = design.selected.length > 0 || design.way !== null;
  return (
    <aside id="side-panel" className={styles.side} aria-label={t("designer.side.name")}>
      <Segmented<SideTab>
        block
        className={styles.tabs}
        value={tab}
        options={[
          { value: "node", label: t(narrow ? "designer.list.nodes" : "designer.side.node") },
          {
            value: "faults",
            label: (
              <>
                {t("designer.side.faults")} <Badge size="small" count={faults.length} />
              </>
            ),
          },
          {
            value: "test",
            label: (
              <>
                {t("designer.side.test")}
                {live && tab !== "test" ? (
                  <AudioOutlined className={styles.live} title={t("talkStage.talking")} />
                ) : null}
              </>
            ),
          },
        ]}
        onChange={(next) => dispatch({ type: "tab", tab: next })}
      />
      <div className={styles.sideBody} id="node-panel">
        {tab === "node" ? (
          <>
            {narrow && chosen ? (
              <Button
                size="small"
                icon={<ArrowLeftOutlined />}
                className={styles.toList}
                onClick={() => dispatch({ type: "select", names: [] })}
              >
                {t("designer.list.back")}
              </Button>
            ) : null}
            {narrow && !chosen ? (
              <NodeList />
            ) : (
              <ConfigProvider componentDisabled={whyNot !== null}>
                <NodePanel />
              </ConfigProvider>
            )}
          </>
        ) : null}
        {tab === "faults" ? <Faults /> : null}
        {/* Stays once it was opened: a talk by microphone goes on while one looks at the node that speaks. */}
        {tab === "test" || opened ? (
          <div hidden={tab !== "test"}>
            <TryPanel talk={talk} onLive={setLive} />
          </div>
        ) : null}
      </div>
    </aside>
  );
}
