import { InboxOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, type FormInstance, Input, Upload } from "antd";
import { useTranslation } from "react-i18next";
import type { NumberList, NumbersAdded } from "@/api/model";
import { asProblem } from "@/api/problem";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { FileRefused } from "@/parts/FileRefused";
import { RowFaults } from "@/parts/RowFaults";
import { useNumberList } from "./useNumberList";

const FORM = "add-numbers";
const MOST_LINES = 1000;
const MOST_WORDS = 500;

interface Fields {
  numbers: string;
  note?: string;
}

/** What is to be listed: pasted lines, or a file. */
type Given = { lines: string[]; note: string } | { file: File; note: string };

const linesOf = (text = ""): string[] =>
  text
    .split(/[\n;]+/)
    .map((line) => line.trim())
    .filter(Boolean);

function useAdd(list: NumberList, form: FormInstance<Fields>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) =>
      "file" in given
        ? requests.listFile(list, given.file, given.note)
        : requests.listNumbers(list, given.lines, given.note),
    onSuccess: (result, given) => {
      void client.invalidateQueries({ queryKey: ["listed"] });
      if ("file" in given) return;
      const wrong = new Set(result.errors.map(({ row }) => row));
      form.setFieldValue("numbers", given.lines.filter((_, index) => wrong.has(index + 1)).join("\n"));
    },
  });
}

function Outcome({ result }: { result: NumbersAdded }) {
  const { t } = useTranslation();
  const more = [
    result.already_listed > 0 ? t("listed.already", { count: result.already_listed }) : null,
    result.duplicates > 0 ? t("listed.twice", { count: result.duplicates }) : null,
    result.failed > 0 ? t("listed.failed", { count: result.failed }) : null,
  ].filter(Boolean);
  return (
    <>
      <Alert
        type={result.failed > 0 ? "warning" : "success"}
        showIcon
        role="status"
        title={t("listed.added", { count: result.added })}
        description={more.join(" ")}
      />
      <RowFaults faults={result.errors} failed={result.failed} fileName={t("menu.doNotCall")} />
    </>
  );
}

function FileField({ busy, take }: { busy: boolean; take: (file: File) => void }) {
  const { t } = useTranslation();
  const whyNot = useWhyNot("change_do_not_call");
  return (
    <Form.Item label={t("listed.file")}>
      <Upload.Dragger
        accept=".xlsx,.csv,.txt"
        multiple={false}
        showUploadList={false}
        disabled={whyNot !== null || busy}
        beforeUpload={(file) => {
          take(file);
          return Upload.LIST_IGNORE;
        }}
      >
        <p className="ant-upload-drag-icon">
          <InboxOutlined />
        </p>
        <p className="ant-upload-text">{t(busy ? "import.busy" : "listed.drop")}</p>
        <p className="ant-upload-hint">{whyNot ?? t("listed.fileHint")}</p>
      </Upload.Dragger>
    </Form.Item>
  );
}

/** Numbers by hand, one a line, or a file of them; what is wrong stays in the field to be mended. */
export function AddNumbers() {
  const { t } = useTranslation();
  const [list] = useNumberList();
  const whyNot = useWhyNot("add_do_not_call");
  const [form] = Form.useForm<Fields>();
  const add = useAdd(list, form);
  const count = linesOf(Form.useWatch("numbers", form)).length;
  const problem = add.isError ? asProblem(add.error) : null;
  const file = add.variables && "file" in add.variables ? add.variables.file : null;
  return (
    <AddressDrawer
      title={t(list === "own" ? "listed.add" : "listed.addInstallation")}
      back="/do-not-call"
      width={600}
      problem={file ? null : problem}
      footer={
        <>
          <span className="quiet">
            {t(list === "own" ? "listed.summary" : "listed.summaryInstallation", { count })}
          </span>
          <Button
            type="primary"
            form={FORM}
            htmlType="submit"
            loading={add.isPending}
            disabled={whyNot !== null || count === 0}
          >
            {t("listed.submit")}
          </Button>
        </>
      }
    >
      {whyNot ? <Alert type="warning" showIcon title={whyNot} style={{ marginBlockEnd: 16 }} /> : null}
      <div aria-live="polite" style={{ marginBlockEnd: add.data || problem ? 16 : 0 }}>
        {problem && file ? <FileRefused problem={problem} fileName={file.name} /> : null}
        {add.data ? <Outcome result={add.data} /> : null}
      </div>
      <Form<Fields>
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ numbers, note = "" }) => add.mutate({ lines: linesOf(numbers), note })}
      >
        <Form.Item
          name="numbers"
          label={t("listed.numbers")}
          extra={t("listed.numbersHint")}
          rules={[
            {
              validator: (_, text: string) =>
                linesOf(text).length > MOST_LINES
                  ? Promise.reject(new Error(t("listed.tooMany", { count: MOST_LINES })))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input.TextArea autoFocus rows={6} spellCheck={false} autoComplete="off" />
        </Form.Item>
        <Form.Item name="note" label={t("listed.note")} extra={t("listed.noteHint")}>
          <Input maxLength={MOST_WORDS} autoComplete="off" />
        </Form.Item>
        <FileField
          busy={add.isPending}
          take={(file) => add.mutate({ file, note: form.getFieldValue("note") ?? "" })}
        />
      </Form>
    </AddressDrawer>
  );
}
