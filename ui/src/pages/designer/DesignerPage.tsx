import { ReactFlowProvider } from "@xyflow/react";
import { Grid } from "antd";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { OpenedScript } from "../scripting/frame/OpenedScript";
import { Overtaken } from "../scripting/frame/Overtaken";
import { ScriptDesk } from "../scripting/frame/ScriptDesk";
import { TopBar } from "../scripting/frame/TopBar";
import { FindBox } from "./canvas/FindBox";
import { FlowCanvas } from "./canvas/FlowCanvas";
import { Toolbar } from "./canvas/Toolbar";
import { useCanvasKeys } from "./canvas/useCanvasKeys";
import { useChat } from "./chat/useChat";
import styles from "./Designer.module.css";
import { FlowTabs } from "./FlowTabs";
import { Rail } from "./Rail";
import { SidePanel } from "./SidePanel";
import { type Content, tidied } from "./script/content";
import { placed } from "./script/layout";
import { SectionDrawer } from "./sections/SectionDrawer";
import { useDesk } from "./state/DesignContext";

function Workplace({ onReload }: { onReload: () => void }) {
  const { content, design } = useDesk();
  const [finding, setFinding] = useState(false);
  // Nobody draws on a telephone: there the nodes stand one below the other.
  const narrow = !(Grid.useBreakpoint().md ?? true);
  const talk = useChat(content, design.tab === "test");
  useAskedNode();
  useCanvasKeys(() => setFinding(true));
  return (
    <div className={styles.page}>
      <TopBar onReload={onReload} />
      <div className={styles.body}>
        <Rail />
        <div className={styles.middle}>
          <FlowTabs />
          {narrow ? null : (
            <div className={styles.canvas}>
              <FlowCanvas key={design.flow} />
              <div className={styles.float}>
                <Toolbar onFind={() => setFinding(!finding)} />
                {finding ? <FindBox onClose={() => setFinding(false)} /> : null}
              </div>
            </div>
          )}
        </div>
        <SidePanel talk={talk} narrow={narrow} />
      </div>
      <SectionDrawer />
      <Overtaken onReload={onReload} />
    </div>
  );
}

/** The node that the address asks for is chosen once. */
function useAskedNode() {
  const { dispatch } = useDesk();
  const [search] = useSearchParams();
  const [node] = useState(() => search.get("node"));
  useEffect(() => {
    if (node) dispatch({ type: "goto", name: node });
  }, [node, dispatch]);
}

/** Drawing a script: its nodes, what they say, where they lead, and trying it out. */
export function DesignerPage() {
  return (
    <OpenedScript fits={({ content }) => Boolean(content)}>
      {({ script, opened, opening, onReload }) => (
        <ScriptDesk
          key={opening}
          script={script}
          opened={opened}
          content={() => placed(tidied(opened.content) as Content)}
        >
          <ReactFlowProvider>
            <Workplace onReload={onReload} />
          </ReactFlowProvider>
        </ScriptDesk>
      )}
    </OpenedScript>
  );
}
