import { DownloadOutlined, InboxOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Steps, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import type { Task } from "@/api/model";
import { asProblem } from "@/api/problem";
import { requests, templateUrl } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { FileRefused } from "@/parts/FileRefused";
import { ImportOutcome } from "./ImportOutcome";
import { templateColumns } from "./variables";

function useImport(taskId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => requests.importCustomers(taskId, file),
    onSuccess: async () => {
      await Promise.all(
        [["task", taskId], ["customers", taskId], ["tasks"]].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
}

/** Template, file, result: three steps in one drawer. */
export function ImportCustomers() {
  const { t } = useTranslation();
  const task = useOutletContext<Task>();
  const whyNot = useWhyNotChange();
  const upload = useImport(task.id);
  const columns = templateColumns(task.variables);
  return (
    <AddressDrawer title={t("import.title", { name: task.name })} back={`/tasks/${task.id}`} width={640}>
      <Steps
        orientation="vertical"
        size="small"
        current={upload.isSuccess ? 2 : 1}
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
              <Upload.Dragger
                accept=".xlsx,.csv"
                multiple={false}
                showUploadList={false}
                disabled={whyNot !== null || upload.isPending}
                beforeUpload={(file) => {
                  upload.mutate(file);
                  return Upload.LIST_IGNORE;
                }}
              >
                <p className="ant-upload-drag-icon">
                  <InboxOutlined />
                </p>
                <p className="ant-upload-text">{upload.isPending ? t("import.busy") : t("import.drop")}</p>
                <p className="ant-upload-hint">{whyNot ?? t("import.limits")}</p>
              </Upload.Dragger>
            ),
          },
          {
            title: t("import.resultTitle"),
            content: (
              <div aria-live="polite">
                {upload.isError ? (
                  <FileRefused problem={asProblem(upload.error)} fileName={upload.variables?.name ?? ""} />
                ) : null}
                {upload.data ? <ImportOutcome result={upload.data} task={task} /> : null}
              </div>
            ),
          },
        ]}
      />
    </AddressDrawer>
  );
}
