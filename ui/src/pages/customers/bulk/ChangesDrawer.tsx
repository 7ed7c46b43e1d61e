import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Timeline } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { type BulkChange, bookQueries } from "@/api/book";
import { useMay } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { EmptyState } from "@/parts/EmptyState";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { useChangeWords } from "./useChangeWords";
import { useUndo } from "./useUndo";

function Change({ change }: { change: BulkChange }) {
  const { t } = useTranslation();
  const words = useChangeWords();
  const undo = useUndo();
  const may = useMay("change_customers");
  return (
    <>
      <strong>{words.what(change)}</strong>
      <div>{words.howFar(change)}</div>
      <div className="quiet">
        {change.asked_by ?? t("book.someone")} · <Time past at={change.asked_at} />
      </div>
      {undo.error ? <ProblemNote error={undo.error} /> : null}
      {change.undoable && may ? (
        <Button size="small" loading={undo.isPending} onClick={() => undo.mutate(change.id)}>
          {t("bulk.undo")}
        </Button>
      ) : null}
    </>
  );
}

/** The latest changes of many customers, each to be taken back for a while. */
export function ChangesDrawer() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(bookQueries.bulkChanges());
  const undone = data?.items.filter(({ state }) => state === "undone").length ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list behind is stale whenever one more was undone
  useEffect(() => void client.invalidateQueries({ queryKey: ["book"] }), [client, undone]);
  return (
    <AddressDrawer title={t("bulk.latest")} back="/customers">
      <p className="quiet">{t("bulk.undoHint")}</p>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data?.items.length === 0 ? <EmptyState title={t("bulk.none")} hint={t("bulk.noneHint")} /> : null}
      {data ? (
        <Timeline
          items={data.items.map((change) => ({ key: change.id, content: <Change change={change} /> }))}
        />
      ) : null}
    </AddressDrawer>
  );
}
