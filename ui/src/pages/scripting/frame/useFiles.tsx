import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import type { ScriptDetail } from "@/api/model";
import { asProblem } from "@/api/problem";
import { requests } from "@/api/requests";
import { sourceUrl } from "@/api/script-requests";
import { useProblemWords } from "@/parts/problem-words";
import { useScriptFaultWords } from "@/parts/script-fault-words";
import { type Brief, onDesk } from "../../designer/script/brief";
import { type Content, tidied } from "../../designer/script/content";
import { placed } from "../../designer/script/layout";
import { useDesk } from "../../designer/state/DesignContext";
import { faultsOf } from "../../scripts/Faults";

/** So long the draft before can be had back by a press; by undoing, for longer. */
const BACK_S = 12;

/** What the server has, as it is written here. */
const onPage = ({ content, brief }: ScriptDetail): Content =>
  brief ? onDesk(tidied(brief) as unknown as Brief) : placed(tidied(content) as Content);

const sizeOf = ({ nodes }: Content): number => Object.keys(nodes).length;

function useTaken(onReload: () => void) {
  const { t } = useTranslation();
  const { content: before, saver, edit, dispatch } = useDesk();
  const { message } = App.useApp();
  const tell = (now: Content) => {
    const back = () => {
      edit(() => before);
      message.destroy("file");
    };
    message.success({
      key: "file",
      duration: BACK_S,
      content: (
        <>
          {now.brief ? t("designer.file.taken") : t("designer.file.takenNodes", { count: sizeOf(now) })}{" "}
          <Button size="small" onClick={back}>
            {t("designer.file.undo")}
          </Button>
        </>
      ),
    });
  };
  return (made: ScriptDetail) => {
    const now = onPage(made);
    if (Boolean(now.brief) !== Boolean(before.brief)) {
      saver.rebase(before, made.revision);
      message.success(t("designer.file.taken"));
      onReload();
      return;
    }
    saver.rebase(now, made.revision);
    edit(() => now);
    dispatch({ type: "select", names: [] });
    if (!now.brief) dispatch({ type: "look", name: now.entry });
    tell(now);
  };
}

/** The script as a YAML file, out and in. What a file replaces can be had back, and is asked about where it was never published. */
export function useFiles(onReload: () => void) {
  const { t } = useTranslation();
  const { script, saver, content } = useDesk();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const words = useProblemWords();
  const faultWords = useScriptFaultWords();
  const taken = useTaken(onReload);
  const take = useMutation({
    mutationFn: async (file: File) => {
      await saver.settle();
      const { id } = await requests.uploadScript(await file.text(), script.name);
      return requests.script(id);
    },
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ["scripts"] });
      taken(made);
    },
    onError: (error) => {
      const problem = asProblem(error);
      const faults = faultsOf(problem).map(faultWords);
      modal.error({
        title: t("designer.file.refused"),
        content:
          faults.length > 0
            ? faults.map(({ what, remedy }) => <p key={what}>{`${what} ${remedy}`}</p>)
            : words(problem).what,
      });
    },
  });
  const upload = (file: File) => {
    if (!script.draft && saver.isClean) {
      take.mutate(file);
      return;
    }
    modal.confirm({
      title: t("designer.file.replaceTitle", { file: file.name }),
      content: content.brief
        ? t("designer.file.replaceText")
        : t("designer.file.replaceNodes", { count: sizeOf(content) }),
      okText: t("designer.file.replace"),
      cancelText: t("designer.cancel"),
      focusable: { autoFocusButton: "cancel" },
      onOk: () => take.mutate(file),
    });
  };
  const download = async () => {
    await saver.flush();
    const link = document.createElement("a");
    link.href = sourceUrl(script.id);
    link.download = `${script.name}.yaml`;
    link.click();
  };
  return { upload, download };
}
