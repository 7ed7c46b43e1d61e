import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { queries } from "@/api/queries";

const SETTINGS = `CALLWRIGHT_LANGUAGE_MODEL_URL=http://127.0.0.1:8080/v1
CALLWRIGHT_LANGUAGE_MODEL=qwen3-8b`;

/** Says that nothing here can speak such a script; nothing where something can. */
export function NoLanguageModel() {
  const { t } = useTranslation();
  const { data } = useQuery(queries.features());
  if (!data || data.language_model) return null;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBlockEnd: 12 }}
      title={t("brief.noModel.title")}
      description={
        <>
          {t("brief.noModel.text")}
          <details style={{ overflowWrap: "anywhere" }}>
            <summary>{t("brief.noModel.settings")}</summary>
            <pre style={{ margin: "8px 0", whiteSpace: "pre-wrap" }}>{SETTINGS}</pre>
            {t("brief.noModel.how")}
          </details>
        </>
      }
    />
  );
}
