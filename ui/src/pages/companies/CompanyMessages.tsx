import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { type CompanyAccountDraft, messageQueries, messageRequests } from "@/api/messages";
import type { Company } from "@/api/money";
import { asProblem } from "@/api/problem";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";

const MICROS = 1_000_000;

type Values = Omit<CompanyAccountDraft, "channel_id"> & { channel_id: string | null };

function AccountForm({ company, first }: { company: Company; first: Values }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const faults = useFormProblem(form, ["channel_id", "sender", "signature", "price"]);
  const channels = useQuery(messageQueries.channels());
  const saving = useMutation({
    mutationFn: ({ channel_id, price, ...rest }: Values) =>
      messageRequests.setAccount(company.id, {
        ...rest,
        channel_id: channel_id ?? "",
        price: Math.round(price * MICROS),
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["messages"] });
      message.success(t("book.saved"));
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  const chosen = Form.useWatch("channel_id", form);
  const nothing = channels.data?.find(({ id }) => id === chosen)?.provider === "null";
  const required = [{ required: true, message: t("form.missing") }];
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...first, price: first.price / MICROS }}
      onFinish={(values) => saving.mutate(values)}
    >
      <Form.Item
        name="channel_id"
        label={t("channels.channel")}
        extra={nothing ? t("channels.nothingHint") : undefined}
        rules={required}
      >
        <Select
          loading={channels.isPending}
          options={channels.data?.map(({ id, name, provider }) => ({
            value: id,
            label: provider === "null" ? `${name} (${t("sendsNothing.mark")})` : name,
          }))}
          onChange={(id) => {
            const sends = channels.data?.find((one) => one.id === id)?.provider !== "null";
            if (!sends) form.setFieldValue("price", 0);
          }}
        />
      </Form.Item>
      <Form.Item name="sender" label={t("channels.sender")} extra={t("channels.senderHint")} rules={required}>
        <Input maxLength={16} autoComplete="off" />
      </Form.Item>
      <Form.Item name="signature" label={t("channels.signature")} extra={t("channels.signatureHint")}>
        <Input maxLength={20} autoComplete="off" />
      </Form.Item>
      <Form.Item name="price" label={t("channels.price")} rules={required}>
        <InputNumber
          disabled={nothing}
          min={0}
          max={1000}
          step={0.01}
          suffix={company.balance.currency}
          style={{ width: 180 }}
        />
      </Form.Item>
      {faults.rest ? <ProblemNote error={faults.rest} /> : null}
      <Button type="primary" htmlType="submit" loading={saving.isPending}>
        {t("book.save")}
      </Button>
    </Form>
  );
}

/** What the operator lets a company send messages over. */
export function CompanyMessages({ company }: { company: Company }) {
  const { data, error, refetch } = useQuery(messageQueries.companyAccount(company.id));
  if (!data) return error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />;
  return <AccountForm company={company} first={data} />;
}
