import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { queries } from "@/api/queries";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemPage } from "@/parts/ProblemPage";

const PAGES = {
  "1.0": lazy(async () => ({ default: (await import("../designer/DesignerPage")).DesignerPage })),
  "2.0": lazy(async () => ({ default: (await import("../brief/BriefPage")).BriefPage })),
};

/** Writing a script: drawn where a graph is played, as a brief where a language model speaks. */
export function ScriptEditor() {
  const { scriptId = "" } = useParams();
  const { data, error, refetch } = useQuery(queries.script(scriptId));
  if (!data && error) return <ProblemPage error={error} retry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const Editor = PAGES[data.engine];
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Editor />
    </Suspense>
  );
}
