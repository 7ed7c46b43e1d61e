import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { Task } from "@/api/model";

const KNOWN = ["no-media-port", "no-call-node", "internal-error"] as const;

/** Why the calls of a running task wait, and what to do; nothing while they don't. */
export function Waiting({ task }: { task: Task }) {
  const { t } = useTranslation();
  const { trouble } = task.progress;
  if (!trouble) return null;
  const known = KNOWN.find((code) => code === trouble.code);
  return (
    <Alert
      type="warning"
      showIcon
      title={t("trouble.title")}
      description={known ? t(`trouble.${known}`) : trouble.detail}
    />
  );
}
