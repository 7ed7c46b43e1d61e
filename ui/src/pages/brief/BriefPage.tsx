import { ConfigProvider } from "antd";
import { useEffect } from "react";
import { type Brief, onDesk } from "../designer/script/brief";
import { tidied } from "../designer/script/content";
import { useDesk } from "../designer/state/DesignContext";
import { OpenedScript } from "../scripting/frame/OpenedScript";
import { Overtaken } from "../scripting/frame/Overtaken";
import { ScriptDesk } from "../scripting/frame/ScriptDesk";
import { TopBar } from "../scripting/frame/TopBar";
import { Aside } from "./Aside";
import styles from "./Brief.module.css";
import { ChatDrawer } from "./chat/ChatDrawer";
import { Sections } from "./Sections";

const FAULTS = "brief-faults";

function Workplace({ onReload }: { onReload: () => void }) {
  const { design, dispatch, whyNot } = useDesk();
  const wantsFaults = design.tab === "faults";
  useEffect(() => {
    if (!wantsFaults) return;
    document.getElementById(FAULTS)?.scrollIntoView({ block: "center" });
    dispatch({ type: "tab", tab: "node" });
  }, [wantsFaults, dispatch]);
  return (
    <div className={styles.page}>
      <TopBar onReload={onReload} />
      <div className={styles.body}>
        <Aside faultsId={FAULTS} />
        <main className={styles.sections}>
          <ConfigProvider componentDisabled={whyNot !== null}>
            <Sections />
          </ConfigProvider>
        </main>
      </div>
      <ChatDrawer />
      <Overtaken onReload={onReload} />
    </div>
  );
}

/** Writing what a language model is told: what a call is for, what may be said, how it ends. */
export function BriefPage() {
  return (
    <OpenedScript fits={({ brief }) => Boolean(brief)}>
      {({ script, opened, opening, onReload }) => (
        <ScriptDesk
          key={opening}
          script={script}
          opened={opened}
          content={() => onDesk(tidied(opened.brief) as unknown as Brief)}
        >
          <Workplace onReload={onReload} />
        </ScriptDesk>
      )}
    </OpenedScript>
  );
}
