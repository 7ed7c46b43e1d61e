import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import type { NewTask } from "@/api/model";
import { queries } from "@/api/queries";

/** What will happen, in a sentence, from what is filled in so far; and what stands against it. */
export function NewTaskSummary({ form }: { form: FormInstance<NewTask> }) {
  const { t } = useTranslation();
  const script_id = Form.useWatch("script_id", form);
  const line_id = Form.useWatch("line_id", form);
  const concurrency = Form.useWatch("concurrency", form) ?? 0;
  const scripts = useQuery(queries.scripts({ name: "", limit: 50 }));
  const { data: chosen } = useQuery({ ...queries.script(script_id ?? ""), enabled: Boolean(script_id) });
  const lines = useQuery(queries.lines({ limit: 200 }));
  const seats = useQuery(queries.aiSeats()).data;
  const script = scripts.data?.items.find(({ id }) => id === script_id) ?? chosen;
  const line = lines.data?.items.find(({ id }) => id === line_id);
  if (!script || !line || !concurrency)
    return (
      <p className="quiet" style={{ margin: 0 }}>
        {t("newTask.summaryWaiting")}
      </p>
    );
  const warnings = [
    seats && concurrency > seats.total ? t("newTask.tooManySeats", { total: seats.total }) : null,
    concurrency > line.channels
      ? t("newTask.tooManyChannels", { line: line.name, channels: line.channels })
      : null,
  ].filter(Boolean);
  return (
    <div role="status">
      <p style={{ margin: 0 }}>
        {t("newTask.summary", { count: concurrency, line: line.name, script: script.name })}
        {seats ? ` ${t("newTask.summarySeats", { count: seats.free, total: seats.total })}` : ""}
      </p>
      {warnings.map((warning) => (
        <p key={warning} style={{ margin: "6px 0 0", color: "var(--ant-color-warning)" }}>
          {warning}
        </p>
      ))}
    </div>
  );
}
