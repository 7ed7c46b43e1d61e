import { Alert } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Task } from "@/api/model";
import { useWaitWords } from "@/parts/wait-words";

const KNOWN = ["no-media-port", "no-call-node", "internal-error"] as const;
/** What somebody can do about a wait, where there is something to do. */
const REMEDIES = ["seats", "lines", "credit", "nodes", "error", "unknown_zone"] as const;
const PLACES: Partial<Record<(typeof REMEDIES)[number], string>> = {
  seats: "/ai-seats",
  lines: "/lines",
  unknown_zone: "/settings",
};

function troubleOf({ progress }: Task, t: TFunction): string {
  const { trouble } = progress;
  if (!trouble) return "";
  const known = KNOWN.find((code) => code === trouble.code);
  return known ? t(`trouble.${known}`) : trouble.detail;
}

/** Whether the calls of a running task wait, so that `Waiting` says why. */
export const isWaiting = ({ progress: { state, wait, live, trouble } }: Task): boolean =>
  trouble !== null || (state === "running" && wait.reason !== "" && live.length === 0);

/** Why the calls of a running task wait, and what to do; nothing while they don't. */
export function Waiting({ task }: { task: Task }) {
  const { t } = useTranslation();
  const words = useWaitWords();
  const { wait } = task.progress;
  if (!isWaiting(task)) return null;
  const trouble = troubleOf(task, t);
  if (trouble) return <Alert type="warning" showIcon title={t("trouble.title")} description={trouble} />;
  const remedy = REMEDIES.find((code) => code === wait.reason);
  const place = remedy && PLACES[remedy];
  return (
    <Alert
      type={remedy ? "warning" : "info"}
      showIcon
      title={words(wait)}
      description={
        <>
          {t(remedy ? `waitRemedy.${remedy}` : "waitRemedy.none")}{" "}
          {place ? <Link to={place}>{t("waitRemedy.look")}</Link> : null}
        </>
      }
    />
  );
}
