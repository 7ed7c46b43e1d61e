import { DownloadOutlined, InboxOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Progress, Steps, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useOutletContext } from "react-router";
import type { Task } from "@/api/model";
import { asProblem } from "@/api/problem";
import { templateUrl } from "@/api/requests";
import { sendFile } from "@/api/send-file";
import { useWhyNotChange } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { FileRefused } from "@/parts/FileRefused";
import { templateColumns } from "../task/variables";

function useSending(taskId: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [share, setShare] = useState(0);
  const sending = useMutation({
    mutationFn: (file: File) => sendFile(taskId, file, setShare),
    onSuccess: async (taken) => {
      await client.invalidateQueries({ queryKey: ["imports"] });
      navigate(`/tasks/${taskId}/import/${taken.import.id}`);
    },
  });
  return { sending, share };
}

/** Template and file: the first steps of an import. */
export function SendFile() {
  const { t } = useTranslation();
  const task = useOutletContext<Task>();
  const whyNot = useWhyNotChange();
  const { sending, share } = useSending(task.id);
  const columns = templateColumns(task.variables);
  return (
    <AddressDrawer title={t("import.title", { name: task.name })} back={`/tasks/${task.id}`} width={720}>
      <Steps
        orientation="vertical"
        size="small"
        current={1}
        items={[
          {
            title: t("import.templateTitle"),
            content: (
              <div style={{ paddingBlockEnd: 16 }}>
                <p className="quiet">{t("import.templateText", { columns: columns.join(" · ") })}</p>
                <Button href={templateUrl(task.id)} download icon={<DownloadOutlined />}>
                  {t("import.template")}
                </Button>
              </div>
            ),
          },
          {
            title: t("import.fileTitle"),
            content: (
              <>
                <Upload.Dragger
                  accept=".xlsx,.csv,.txt"
                  multiple={false}
                  showUploadList={false}
                  disabled={whyNot !== null || sending.isPending}
                  beforeUpload={(file) => {
                    sending.mutate(file);
                    return Upload.LIST_IGNORE;
                  }}
                >
                  <p className="ant-upload-drag-icon">
                    <InboxOutlined />
                  </p>
                  <p className="ant-upload-text">{sending.isPending ? t("import.busy") : t("import.drop")}</p>
                  <p className="ant-upload-hint">{whyNot ?? t("import.limits")}</p>
                </Upload.Dragger>
                {sending.isPending ? (
                  <Progress percent={Math.round(share * 100)} aria-label={t("import.busy")} />
                ) : null}
                <div aria-live="polite">
                  {sending.isError ? (
                    <FileRefused
                      problem={asProblem(sending.error)}
                      fileName={sending.variables?.name ?? ""}
                    />
                  ) : null}
                </div>
              </>
            ),
          },
          { title: t("import.checkTitle") },
        ]}
      />
    </AddressDrawer>
  );
}
