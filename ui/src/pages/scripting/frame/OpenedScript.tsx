import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { ScriptDetail } from "@/api/model";
import { queries } from "@/api/queries";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemPage } from "@/parts/ProblemPage";

export interface Opened {
  /** The script as the server has it now. */
  script: ScriptDetail;
  /** As it was when the page was opened, on which what is written here is based. */
  opened: ScriptDetail;
  /** Names this opening of it, as the key of what is written over it. */
  opening: string;
  /** Opens it afresh, without what is written here. */
  onReload: () => void;
}

interface Props {
  /** Whether it is of the kind that is written here; what has become another is opened by another page. */
  fits: (opened: ScriptDetail) => boolean;
  children: (opened: Opened) => ReactNode;
}

/** Opens the script that the address names, once: news of it don't disturb who writes. */
export function OpenedScript({ fits, children }: Props) {
  const { t } = useTranslation();
  const { scriptId = "" } = useParams();
  const client = useQueryClient();
  const [opening, setOpening] = useState(0);
  const { data, error, refetch } = useQuery(queries.script(scriptId));
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
  if (!opened.data || !fits(opened.data))
    return (
      <>
        <title>{`${t("script.one")} · Callwright`}</title>
        <PageSkeleton />
      </>
    );
  return children({
    script: data ?? opened.data,
    opened: opened.data,
    opening: `${scriptId}/${opening}`,
    onReload: () => setOpening(opening + 1),
  });
}
