import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { scriptRequests } from "@/api/script-requests";
import { useFaultWords } from "@/parts/fault-words";
import { SettledField } from "../panel/Field";
import { useDesk } from "../state/DesignContext";
import styles from "./sections.module.css";

/** What the script is called, and in whose name it calls. */
export function Settings() {
  const { t } = useTranslation();
  const { script, content, edit, whyNot } = useDesk();
  const client = useQueryClient();
  const words = useFaultWords();
  const rename = useMutation({
    mutationFn: (name: string) => scriptRequests.rename(script.id, name),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["scripts"] });
      void client.invalidateQueries({ queryKey: ["script", script.id] });
    },
  });
  const needed = (text: string) => (text ? null : t("designer.needed"));
  return (
    <>
      <SettledField
        label={t("designer.settings.name")}
        hint={rename.isError ? words(rename.error) : t("designer.settings.nameHint")}
        value={script.name}
        maxLength={120}
        disabled={whyNot !== null}
        fault={needed}
        onSettle={(name) => rename.mutate(name)}
      />
      <div className={styles.pair}>
        <SettledField
          label={t("designer.settings.company")}
          hint={t("designer.settings.companyHint")}
          value={content.company}
          maxLength={120}
          fault={needed}
          onSettle={(company) => edit((old) => ({ ...old, company }))}
        />
        <SettledField
          label={t("designer.settings.caller")}
          hint={t("designer.settings.callerHint")}
          value={content.caller}
          maxLength={120}
          fault={needed}
          onSettle={(caller) => edit((old) => ({ ...old, caller }))}
        />
      </div>
    </>
  );
}
