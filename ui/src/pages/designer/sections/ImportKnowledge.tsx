import { UploadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Modal, Tag, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KnowledgeImport } from "@/api/model";
import { asProblem } from "@/api/problem";
import { knowledgeTemplateUrl, scriptRequests } from "@/api/script-requests";
import { FileRefused } from "@/parts/FileRefused";
import { focusFirst } from "@/parts/first-focus";
import { RowFaults } from "@/parts/RowFaults";
import { type Content, tidied } from "../script/content";
import { useDesk } from "../state/DesignContext";
import styles from "./sections.module.css";

/** What the server takes: of questions as long as they usually are, so many fit. */
const SIZES = { rows: 10_000, questions: 3_500, sentences: 6_000 };

function Changes({ found, fileName }: { found: KnowledgeImport; fileName: string }) {
  const { t } = useTranslation();
  return (
    <>
      {found.failed > 0 ? (
        <>
          <Alert
            type="warning"
            showIcon
            style={{ marginBlock: 10 }}
            title={t("designer.import.failed", {
              count: found.failed,
              failedRows: found.failed_rows,
              rows: found.rows,
            })}
          />
          <RowFaults
            faults={found.errors}
            failed={found.failed}
            fileName={fileName}
            columns={{
              question: t("designer.import.columns.question"),
              wordings: t("designer.import.columns.wordings"),
              answer: t("designer.import.columns.answer"),
              next: t("designer.import.columns.next"),
            }}
          />
        </>
      ) : null}
      <p>{t("designer.import.found", { count: found.changes.length, rows: found.rows })}</p>
      <ul className={styles.unanswered}>
        {found.changes.map((change) => (
          <li key={change.name}>
            <strong>{change.question}</strong>{" "}
            {change.is_new ? <Tag color="processing">{t("designer.import.isNew")}</Tag> : null}
            <div>
              {change.answer_before !== null && change.answer_before !== change.answer ? (
                <del className="quiet">{change.answer_before} </del>
              ) : null}
              {change.answer}
            </div>
            {change.new_wordings.length > 0 ? (
              <div className="quiet">{change.new_wordings.map((text) => `“${text}”`).join(" ")}</div>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Questions from a spreadsheet: shown first, then taken into the draft. */
export function ImportKnowledge() {
  const { t } = useTranslation();
  const { script, saver, edit, whyNot } = useDesk();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const preview = useMutation({
    mutationFn: async (chosen: File) => {
      await saver.flush();
      return scriptRequests.importKnowledge(script.id, chosen);
    },
  });
  const take = useMutation({
    mutationFn: async (chosen: File) => {
      await saver.settle();
      return scriptRequests.importKnowledge(script.id, chosen, saver.revision);
    },
    onSuccess: ({ script: changed, changes }) => {
      if (changed) {
        saver.follow(changed.revision);
        const { knowledge } = tidied(changed.brief ?? changed.content) as Content;
        edit((old) => ({ ...old, knowledge }));
      }
      message.success(t("designer.import.done", { count: changes.length }));
      close();
    },
  });
  const close = () => {
    setOpen(false);
    setFile(null);
    preview.reset();
    take.reset();
  };
  const error = take.error ?? preview.error;
  const found = preview.data;
  return (
    <>
      <Button size="small" icon={<UploadOutlined />} disabled={whyNot !== null} onClick={() => setOpen(true)}>
        {t("designer.import.open")}
      </Button>
      <Modal
        open={open}
        width={680}
        title={t("designer.import.title")}
        okText={t("designer.import.take")}
        cancelText={t("designer.cancel")}
        okButtonProps={{ disabled: !file || !found?.changes.length }}
        confirmLoading={take.isPending}
        onOk={() => file && take.mutate(file)}
        onCancel={close}
        afterOpenChange={(opened) => opened && focusFirst()}
      >
        <p className="quiet">
          {t("designer.import.about")}{" "}
          <a href={knowledgeTemplateUrl(script.id)} download>
            {t("designer.import.template")}
          </a>
        </p>
        <p className="quiet">{t("designer.import.size", SIZES)}</p>
        <div data-first>
          <Upload.Dragger
            accept=".xlsx,.csv"
            showUploadList={false}
            beforeUpload={(chosen) => {
              setFile(chosen);
              preview.mutate(chosen);
              return Upload.LIST_IGNORE;
            }}
          >
            <p className="ant-upload-text">{file?.name ?? t("designer.import.drop")}</p>
          </Upload.Dragger>
        </div>
        {error ? <FileRefused problem={asProblem(error)} fileName={file?.name ?? ""} /> : null}
        {found ? <Changes found={found} fileName={file?.name ?? ""} /> : null}
      </Modal>
    </>
  );
}
