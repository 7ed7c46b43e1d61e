import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type MessageOptOut, messageRequests } from "@/api/messages";
import { useWhyNot } from "@/app/session";
import { ProblemNote } from "@/parts/ProblemPage";
import { groupedPhone } from "@/parts/phone";

const MOST_WORDS = 500;

/** Lets a number be written to again, for a reason that is kept. */
export function TakeBack({ optOut }: { optOut: MessageOptOut }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const whyNot = useWhyNot("change_messages");
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ why: string }>();
  const phone = groupedPhone(optOut.phone);
  const taking = useMutation({
    mutationFn: ({ why }: { why: string }) => messageRequests.takeBackOptOut(optOut, why),
    onSuccess: () => {
      message.success(t("optOut.taken", { phone }));
      setOpen(false);
    },
    // Also where it failed: they may have opted out again.
    onSettled: () => void client.invalidateQueries({ queryKey: ["messages", "opt-outs"] }),
  });
  return (
    <>
      <Tooltip title={whyNot}>
        <Button size="small" disabled={whyNot !== null} onClick={() => setOpen(true)}>
          {t("optOut.takeBack")}
        </Button>
      </Tooltip>
      <Modal
        open={open}
        title={t("optOut.takeBackOf", { phone })}
        okText={t("optOut.takeBack")}
        okButtonProps={{ danger: true, loading: taking.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>
          {optOut.said ? t("optOut.takeBackHint", { said: optOut.said }) : t("optOut.takeBackHintWordless")}{" "}
          {t("optOut.takeBackOnly")}
        </p>
        <Form form={form} layout="vertical" requiredMark={false} onFinish={(given) => taking.mutate(given)}>
          <Form.Item
            name="why"
            label={t("optOut.why")}
            rules={[{ required: true, whitespace: true, message: t("optOut.whyMissing") }]}
          >
            <Input maxLength={MOST_WORDS} />
          </Form.Item>
        </Form>
        {taking.isError ? <ProblemNote error={taking.error} /> : null}
      </Modal>
    </>
  );
}
