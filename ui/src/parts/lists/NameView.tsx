import { Checkbox, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/lists";
import { useMay } from "@/app/session";
import { ProblemNote } from "../ProblemPage";
import type { Views } from "./useViews";

const LONGEST_NAME = 80;

interface Values {
  name: string;
  shared?: boolean;
}

interface Props {
  views: Views;
  /** The view to be renamed; null for one to be saved. */
  view: SavedView | null;
  close: () => void;
}

/** What a view is called, and who can use it. */
export function NameView({ views, view, close }: Props) {
  const { t } = useTranslation();
  const shares = useMay("share_views");
  const [form] = Form.useForm<Values>();
  const sending = view ? views.change : views.save;
  const send = ({ name, shared = false }: Values) => {
    const done = { onSuccess: close };
    if (view)
      views.change.mutate({ id: view.id, name, shared, search: view.search, columns: view.columns }, done);
    else views.save.mutate({ name, shared, ...views.here }, done);
  };
  return (
    <Modal
      open
      title={t(view ? "lists.renameTitle" : "lists.saveTitle")}
      okText={t(view ? "lists.keep" : "lists.save")}
      cancelText={t("lists.cancel")}
      confirmLoading={sending.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      {view ? null : <p>{t("lists.saveHint")}</p>}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ name: view?.name ?? "", shared: view?.shared ?? false }}
        onFinish={send}
      >
        <Form.Item
          name="name"
          label={t("lists.name")}
          rules={[{ required: true, whitespace: true, message: t("lists.nameMissing") }]}
        >
          <Input autoFocus maxLength={LONGEST_NAME} />
        </Form.Item>
        {shares ? (
          <Form.Item name="shared" valuePropName="checked" extra={t("lists.shareHint")}>
            <Checkbox>{t("lists.share")}</Checkbox>
          </Form.Item>
        ) : null}
      </Form>
      {sending.error ? <ProblemNote error={sending.error} /> : null}
    </Modal>
  );
}
