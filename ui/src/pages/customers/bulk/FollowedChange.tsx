import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Progress, Space } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { bookQueries, isChanging } from "@/api/book";
import { ProblemNote } from "@/parts/ProblemPage";
import { useChangeWords } from "./useChangeWords";
import { useUndo } from "./useUndo";

const WHOLE = 100;

/** How a change of many customers gets on; the list is asked for anew once it is over. */
export function FollowedChange({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useQuery(bookQueries.bulkChange(id));
  const words = useChangeWords();
  const undo = useUndo();
  const state = data?.state;
  useEffect(() => {
    if (state === "done" || state === "undone") void client.invalidateQueries({ queryKey: ["book"] });
  }, [client, state]);
  if (error) return <ProblemNote error={error} />;
  if (!data) return null;
  const of = data.state === "undoing" ? data.changed : data.total;
  return (
    <Alert
      role="status"
      type={data.failure ? "warning" : isChanging(data) ? "info" : "success"}
      title={words.what(data)}
      closable={{ closeIcon: !isChanging(data), onClose: close }}
      style={{ margin: 12 }}
      description={
        <>
          <div>{words.howFar(data)}</div>
          {isChanging(data) ? (
            <Progress percent={Math.round((WHOLE * data.looked_at) / Math.max(1, of))} size="small" />
          ) : null}
          {undo.error ? <ProblemNote error={undo.error} /> : null}
        </>
      }
      action={
        data.undoable ? (
          <Space>
            <Button size="small" loading={undo.isPending} onClick={() => undo.mutate(id)}>
              {t("bulk.undo")}
            </Button>
          </Space>
        ) : null
      }
    />
  );
}
