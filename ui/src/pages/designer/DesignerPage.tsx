import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useReducer, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import type { ScriptDetail } from "@/api/model";
import { queries } from "@/api/queries";
import { useWhyNot } from "@/app/session";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemPage } from "@/parts/ProblemPage";
import { FindBox } from "./canvas/FindBox";
import { FlowCanvas } from "./canvas/FlowCanvas";
import { Toolbar } from "./canvas/Toolbar";
import { useCanvasKeys } from "./canvas/useCanvasKeys";
import { useChat } from "./chat/useChat";
import styles from "./Designer.module.css";
import { FlowTabs } from "./FlowTabs";
import { Overtaken } from "./Overtaken";
import { Rail } from "./Rail";
import { SidePanel } from "./SidePanel";
import { type Content, tidied } from "./script/content";
import { placed } from "./script/layout";
import { SectionDrawer } from "./sections/SectionDrawer";
import { DesignProvider, useDesk } from "./state/DesignContext";
import { reduce, start } from "./state/design";
import { recallDraft } from "./state/kept-drafts";
import { useCheck } from "./state/useCheck";
import { useSaver } from "./state/useSaver";
import { TopBar } from "./TopBar";

function Workplace({ onReload }: { onReload: () => void }) {
  const { content, design } = useDesk();
  const [finding, setFinding] = useState(false);
  const talk = useChat(content, design.tab === "test");
  useCanvasKeys(() => setFinding(true));
  return (
    <div className={styles.page}>
      <TopBar onReload={onReload} />
      <div className={styles.body}>
        <Rail />
        <div className={styles.middle}>
          <FlowTabs />
          <div className={styles.canvas}>
            <FlowCanvas key={design.flow} />
            <div className={styles.float}>
              <Toolbar onFind={() => setFinding(!finding)} />
              {finding ? <FindBox onClose={() => setFinding(false)} /> : null}
            </div>
          </div>
        </div>
        <SidePanel talk={talk} />
      </div>
      <SectionDrawer />
      <Overtaken onReload={onReload} />
    </div>
  );
}

interface DesignerProps {
  script: ScriptDetail;
  /** The script as it was when the page was opened. */
  opened: ScriptDetail;
  onReload: () => void;
}

function Designer({ script, opened, onReload }: DesignerProps) {
  const whyNot = useWhyNot("change_scripts");
  const [search] = useSearchParams();
  const [initial] = useState(() => {
    const server = placed(tidied(opened.content) as Content);
    return { server, kept: whyNot === null ? recallDraft<Content>(opened.id) : null };
  });
  const [design, dispatch] = useReducer(reduce, initial.kept?.content ?? initial.server, start);
  const content = design.history.present;
  const saver = useSaver(opened.id, initial.server, initial.kept?.revision ?? opened.revision);
  useEffect(() => {
    if (whyNot === null) saver.change(content);
  }, [saver, content, whyNot]);
  const [node] = useState(() => search.get("node"));
  useEffect(() => {
    if (node) dispatch({ type: "goto", name: node });
  }, [node]);
  const { faults, checked } = useCheck(content);
  return (
    <DesignProvider
      script={script}
      design={design}
      dispatch={dispatch}
      faults={faults}
      checked={checked}
      saver={saver}
      whyNot={whyNot}
    >
      <title>{`${script.name} · Callwright`}</title>
      <ReactFlowProvider>
        <Workplace onReload={onReload} />
      </ReactFlowProvider>
    </DesignProvider>
  );
}

/** Drawing a script: its nodes, what they say, where they lead, and trying it out. */
export function DesignerPage() {
  const { t } = useTranslation();
  const { scriptId = "" } = useParams();
  const client = useQueryClient();
  const [opening, setOpening] = useState(0);
  const { data, error, refetch } = useQuery(queries.script(scriptId));
  // A draft is begun upon what the server has now, never upon what was looked at earlier.
  const opened = useQuery({
    queryKey: ["script-opened", scriptId, opening],
    queryFn: async ({ signal }) => {
      const fresh = await client.fetchQuery({ ...queries.script(scriptId), staleTime: 0 });
      signal.throwIfAborted();
      return fresh;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const problem = opened.error ?? (data ? null : error);
  if (problem)
    return <ProblemPage error={problem} retry={() => void Promise.all([refetch(), opened.refetch()])} />;
  // What has become a script for a language model is opened by another page.
  if (!opened.data?.content)
    return (
      <>
        <title>{`${t("script.one")} · Callwright`}</title>
        <PageSkeleton />
      </>
    );
  return (
    <Designer
      key={`${scriptId}/${opening}`}
      script={data ?? opened.data}
      opened={opened.data}
      onReload={() => setOpening(opening + 1)}
    />
  );
}
