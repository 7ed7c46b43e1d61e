import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ConfigProvider } from "antd";
import { useEffect, useReducer, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { ScriptDetail } from "@/api/model";
import { queries } from "@/api/queries";
import { useWhyNot } from "@/app/session";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemPage } from "@/parts/ProblemPage";
import { Overtaken } from "../designer/Overtaken";
import { type Brief, onDesk } from "../designer/script/brief";
import { type Content, tidied } from "../designer/script/content";
import { DesignProvider, useDesk } from "../designer/state/DesignContext";
import { reduce, start } from "../designer/state/design";
import { recallDraft } from "../designer/state/kept-drafts";
import { useCheck } from "../designer/state/useCheck";
import { useSaver } from "../designer/state/useSaver";
import { TopBar } from "../designer/TopBar";
import { Aside } from "./Aside";
import styles from "./Brief.module.css";
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
      <Overtaken onReload={onReload} />
    </div>
  );
}

interface EditorProps {
  script: ScriptDetail;
  /** The script as it was when the page was opened. */
  opened: ScriptDetail & { brief: object };
  onReload: () => void;
}

/** What this browser still holds of it, where that is a brief. */
function recalled(scriptId: string) {
  const kept = recallDraft<Content>(scriptId);
  return kept?.content.brief ? kept : null;
}

function Editor({ script, opened, onReload }: EditorProps) {
  const whyNot = useWhyNot("change_scripts");
  const [initial] = useState(() => ({
    server: onDesk(tidied(opened.brief) as unknown as Brief),
    kept: whyNot === null ? recalled(opened.id) : null,
  }));
  const [design, dispatch] = useReducer(reduce, initial.kept?.content ?? initial.server, start);
  const content = design.history.present;
  const saver = useSaver(opened.id, initial.server, initial.kept?.revision ?? opened.revision);
  useEffect(() => {
    if (whyNot === null) saver.change(content);
  }, [saver, content, whyNot]);
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
      <Workplace onReload={onReload} />
    </DesignProvider>
  );
}

/** Writing what a language model is told: what a call is for, what may be said, how it ends. */
export function BriefPage() {
  const { t } = useTranslation();
  const { scriptId = "" } = useParams();
  const client = useQueryClient();
  const [opening, setOpening] = useState(0);
  const { data } = useQuery(queries.script(scriptId));
  const {
    data: opened,
    error,
    refetch,
  } = useQuery({
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
  if (error) return <ProblemPage error={error} retry={() => void refetch()} />;
  if (!opened?.brief)
    return (
      <>
        <title>{`${t("script.one")} · Callwright`}</title>
        <PageSkeleton />
      </>
    );
  return (
    <Editor
      key={`${scriptId}/${opening}`}
      script={data ?? opened}
      opened={{ ...opened, brief: opened.brief }}
      onReload={() => setOpening(opening + 1)}
    />
  );
}
