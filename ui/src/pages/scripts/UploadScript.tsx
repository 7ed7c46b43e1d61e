import { InboxOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Upload } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { Faults, faultsOf } from "./Faults";

const FORM = "upload-script";

interface Fields {
  name?: string;
  source: string;
}

function useUpload() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ name, source }: Fields) => requests.uploadScript(source, name?.trim() || null),
    onSuccess: (script) => {
      void client.invalidateQueries({ queryKey: ["scripts"] });
      void client.invalidateQueries({ queryKey: ["script", script.id] });
      navigate(`/scripts/${script.id}`);
    },
  });
}

/** A script from a YAML file, or pasted: a new script, or a new draft of the script of that name. */
export function UploadScript() {
  const { t } = useTranslation();
  const whyNot = useWhyNot("change_scripts");
  const [form] = Form.useForm<Fields>();
  const upload = useUpload();
  const problem = upload.isError ? asProblem(upload.error) : null;
  const faults = problem ? faultsOf(problem) : [];
  const top = useRef<HTMLDivElement>(null);
  const { isError } = upload;
  useEffect(() => {
    if (isError) top.current?.scrollIntoView({ block: "center" });
  }, [isError]);
  return (
    <AddressDrawer
      title={t("script.upload")}
      back="/scripts"
      width={760}
      problem={faults.length === 0 ? problem : null}
      footer={
        <Button
          type="primary"
          form={FORM}
          htmlType="submit"
          loading={upload.isPending}
          disabled={whyNot !== null}
        >
          {t("script.saveDraft")}
        </Button>
      }
    >
      <div ref={top} style={{ marginBlockEnd: faults.length > 0 ? 16 : 0 }}>
        <Faults faults={faults} />
      </div>
      <Form<Fields>
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => upload.mutate(values)}
      >
        <Form.Item>
          <Upload.Dragger
            accept=".yaml,.yml"
            showUploadList={false}
            beforeUpload={async (file) => {
              form.setFieldValue("source", await file.text());
              return Upload.LIST_IGNORE;
            }}
          >
            <p className="ant-upload-drag-icon">
              <InboxOutlined />
            </p>
            <p className="ant-upload-text">{t("script.drop")}</p>
          </Upload.Dragger>
        </Form.Item>
        <Form.Item
          name="source"
          label={t("script.text")}
          rules={[{ required: true, message: t("script.textMissing") }]}
        >
          <Input.TextArea rows={14} spellCheck={false} style={{ fontFamily: "monospace", fontSize: 12.5 }} />
        </Form.Item>
        <Form.Item name="name" label={t("script.name")} extra={t("script.nameHint")}>
          <Input maxLength={120} />
        </Form.Item>
      </Form>
      {whyNot ? <p className="quiet">{whyNot}</p> : null}
    </AddressDrawer>
  );
}
