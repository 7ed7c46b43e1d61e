import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Modal, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { scriptRequests } from "@/api/script-requests";
import { ProblemNote } from "@/parts/ProblemPage";
import { CorrectionsNote } from "../../designer/corrections/CorrectionsNote";
import { Field } from "../../designer/panel/Field";
import { useDesk } from "../../designer/state/DesignContext";
import { useSaveState } from "../../designer/state/useSaver";
import { NoLanguageModel } from "../NoLanguageModel";

/** Why the draft can't be published now, in words; null when it can. */
function useWhyNotPublish(): string | null {
  const { t } = useTranslation();
  const { script, faults, checked, saver, whyNot } = useDesk();
  const { kind } = useSaveState(saver);
  if (whyNot !== null) return whyNot;
  if (faults.length > 0) return t("designer.publish.faults", { count: faults.length });
  if (!checked) return t("designer.faults.checking");
  if (kind === "offline" || kind === "refused" || kind === "overtaken") return t(`designer.save.${kind}Hint`);
  if (kind === "saved" && !script.draft) return t("designer.publish.nothing");
  return null;
}

/** Putting the draft into use. */
export function Publish() {
  const { t } = useTranslation();
  const { script, content, saver, dispatch, faults } = useDesk();
  const client = useQueryClient();
  const { message } = App.useApp();
  const whyNot = useWhyNotPublish();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const publish = useMutation({
    mutationFn: async () => {
      await saver.settle();
      return scriptRequests.publish(script.id, saver.revision, note.trim());
    },
    onSuccess: (published) => {
      saver.rebase(content, published.revision);
      setOpen(false);
      setNote("");
      message.success(t("script.publishedNow", { name: published.name }));
      void client.invalidateQueries({ queryKey: ["scripts"] });
      void client.invalidateQueries({ queryKey: ["script", script.id] });
      void client.invalidateQueries({ queryKey: ["script-versions", script.id] });
    },
  });
  const number = script.draft?.number ?? script.versions + 1;
  return (
    <>
      <Tooltip title={whyNot}>
        <Button
          type="primary"
          disabled={whyNot !== null}
          aria-description={whyNot ?? undefined}
          onClick={() => setOpen(true)}
        >
          {t("designer.publish.button")}
        </Button>
      </Tooltip>
      {faults.length > 0 ? (
        <Button
          type="link"
          style={{ paddingInline: 0 }}
          onClick={() => dispatch({ type: "tab", tab: "faults" })}
        >
          {t("designer.publish.show", { count: faults.length })}
        </Button>
      ) : null}
      <Modal
        open={open}
        title={t("designer.publish.title", { number })}
        okText={t("designer.publish.button")}
        cancelText={t("designer.cancel")}
        confirmLoading={publish.isPending}
        onOk={() => publish.mutate()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        {content.brief ? <NoLanguageModel /> : null}
        {open ? <CorrectionsNote onLook={() => setOpen(false)} /> : null}
        <p>{t("designer.publish.text")}</p>
        <Field label={t("designer.publish.note")} hint={t("designer.publish.noteHint")}>
          {(id) => (
            <Input
              id={id}
              autoFocus
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              onPressEnter={() => publish.mutate()}
            />
          )}
        </Field>
        {publish.isError ? <ProblemNote error={publish.error} /> : null}
      </Modal>
    </>
  );
}
