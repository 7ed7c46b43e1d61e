import { CopyOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useHref, useNavigate } from "react-router";
import type { TaskSummary } from "@/api/model";
import { useWhyNotChange } from "@/app/session";
import { LinkButton } from "./LinkButton";

/** Leads to a new task that begins with the settings of this one. */
export function CopyTask({ task, compact = false }: { task: TaskSummary; compact?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const whyNot = useWhyNotChange();
  const to = `/tasks/new/${task.id}`;
  const href = useHref(to);
  const words = t("copyTask.of", { name: task.name });
  if (!compact)
    return (
      <LinkButton to={to} icon={<CopyOutlined />} whyNot={whyNot}>
        {t("copyTask.open")}
      </LinkButton>
    );
  return (
    <Tooltip title={whyNot ?? t("copyTask.open")}>
      <Button
        type="text"
        icon={<CopyOutlined />}
        href={whyNot ? undefined : href}
        disabled={whyNot !== null}
        aria-label={words}
        aria-description={whyNot ?? undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          navigate(to);
        }}
      />
    </Tooltip>
  );
}
