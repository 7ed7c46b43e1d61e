import { type ReactNode, useEffect, useReducer, useState } from "react";
import type { ScriptDetail } from "@/api/model";
import { useWhyNot } from "@/app/session";
import type { Content } from "../../designer/script/content";
import { DesignProvider } from "../../designer/state/DesignContext";
import { reduce, start } from "../../designer/state/design";
import { recallDraft } from "../../designer/state/kept-drafts";
import { useCheck } from "../../designer/state/useCheck";
import { useSaver } from "../../designer/state/useSaver";

interface Props {
  script: ScriptDetail;
  opened: ScriptDetail;
  /** What the server had when it was opened, as it is written here. */
  content: () => Content;
  children: ReactNode;
}

/** What this browser still holds of the script, where that is of the same kind. */
function recalled(scriptId: string, { brief }: Content) {
  const kept = recallDraft<Content>(scriptId);
  return kept && Boolean(kept.content.brief) === Boolean(brief) ? kept : null;
}

/** Where a script is written: what stands on the screen is kept, saved and checked as it changes. */
export function ScriptDesk({ script, opened, content, children }: Props) {
  const whyNot = useWhyNot("change_scripts");
  const [initial] = useState(() => {
    const server = content();
    return { server, kept: whyNot === null ? recalled(opened.id, server) : null };
  });
  const [design, dispatch] = useReducer(reduce, initial.kept?.content ?? initial.server, start);
  const written = design.history.present;
  const saver = useSaver(opened.id, initial.server, initial.kept?.revision ?? opened.revision);
  useEffect(() => {
    if (whyNot === null) saver.change(written);
  }, [saver, written, whyNot]);
  const { faults, checked } = useCheck(written);
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
      {children}
    </DesignProvider>
  );
}
