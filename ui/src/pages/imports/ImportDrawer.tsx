import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { useOutletContext, useParams } from "react-router";
import type { Task } from "@/api/model";
import { isUnderWay, queries } from "@/api/queries";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { ProblemNote } from "@/parts/ProblemPage";
import { CheckColumns } from "./CheckColumns";
import { ImportOutcome } from "./ImportOutcome";
import { UnderWay } from "./UnderWay";

/** One import: its columns checked, under way, or what became of it. */
export function ImportDrawer() {
  const { t } = useTranslation();
  const task = useOutletContext<Task>();
  const { importId = "" } = useParams();
  const { data, error, refetch } = useQuery(queries.import(importId));
  return (
    <AddressDrawer title={t("import.title", { name: task.name })} back={`/tasks/${task.id}`} width={880}>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {data ? <p className="quiet">{data.file_name}</p> : null}
      {!data && !error ? <Skeleton active /> : null}
      {data?.state === "taken" ? <CheckColumns found={data} /> : null}
      {isUnderWay(data) && data ? <UnderWay found={data} /> : null}
      {data && data.state !== "taken" && !isUnderWay(data) ? <ImportOutcome found={data} /> : null}
    </AddressDrawer>
  );
}
