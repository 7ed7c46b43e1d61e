import { useMutation } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { requests } from "@/api/requests";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { written } from "../../designer/script/brief";
import { useDesk } from "../../designer/state/DesignContext";
import { useSaveState } from "../../designer/state/useSaver";

/** Somebody else has changed the script: theirs is taken, or one's own lives on as a script of its own. */
export function Overtaken({ onReload }: { onReload: () => void }) {
  const { t } = useTranslation();
  const { script, content, saver } = useDesk();
  const state = useSaveState(saver);
  const navigate = useNavigate();
  const name = t("designer.overtaken.copyName", { name: script.name });
  const copy = useMutation({
    mutationFn: () => requests.uploadScript(JSON.stringify({ ...written(content), name }), name),
    onSuccess: (made) => {
      saver.rebase(content, saver.revision);
      navigate(`/scripts/${made.id}/edit`);
    },
  });
  if (state.kind !== "overtaken") return null;
  const { who, changed_at } = state.problem.body as { who?: string; changed_at?: string };
  return (
    <Modal
      open
      closable={false}
      title={t("designer.overtaken.title", { who })}
      footer={[
        <Button
          key="theirs"
          onClick={() => {
            saver.rebase(content, saver.revision);
            onReload();
          }}
        >
          {t("designer.overtaken.theirs")}
        </Button>,
        <Button key="copy" type="primary" autoFocus loading={copy.isPending} onClick={() => copy.mutate()}>
          {t("designer.overtaken.copy")}
        </Button>,
      ]}
    >
      <p>
        {t("designer.overtaken.text")} <Time at={changed_at ?? null} />
      </p>
      <p className="quiet">{t("designer.overtaken.hint", { name })}</p>
      {copy.isError ? <ProblemNote error={copy.error} /> : null}
    </Modal>
  );
}
