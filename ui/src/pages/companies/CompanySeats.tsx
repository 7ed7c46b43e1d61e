import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { type Company, companyQueries, companyRequests } from "@/api/money";
import { asProblem } from "@/api/problem";
import { momentOf } from "@/pages/lines/line-values";
import { Seats } from "@/pages/seats/Seats";
import { DateInput } from "@/parts/DateInput";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";
import styles from "./companies.module.css";

interface Values {
  seats: number;
  opens_at: string;
  expires_at: string;
}

const FIELDS = ["seats", "opens_at", "expires_at"] as const;

function PackForm({ company }: { company: Company }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const faults = useFormProblem(form, FIELDS);
  const open = useMutation({
    mutationFn: ({ seats, opens_at, expires_at }: Values) =>
      companyRequests.openPack(company.id, {
        seats,
        opens_at: momentOf(opens_at),
        expires_at: momentOf(expires_at),
      }),
    onSuccess: (_, { seats }) => {
      form.resetFields();
      void client.invalidateQueries({ queryKey: ["companies"] });
      void client.invalidateQueries({ queryKey: ["ai-seats"] });
      message.success(t("company.packOpened", { count: seats }));
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={(values) => open.mutate(values)}
    >
      <Form.Item
        name="seats"
        label={t("seats.number")}
        rules={[{ required: true, message: t("form.missing") }]}
      >
        <InputNumber max={100000} precision={0} />
      </Form.Item>
      <Form.Item name="opens_at" label={t("seats.opened")} extra={t("company.opensHint")}>
        <DateInput time />
      </Form.Item>
      <Form.Item name="expires_at" label={t("seats.expires")} extra={t("company.expiresHint")}>
        <DateInput time />
      </Form.Item>
      {faults.rest ? <ProblemNote error={faults.rest} /> : null}
      <Button type="primary" htmlType="submit" loading={open.isPending}>
        {t("seats.openPack")}
      </Button>
    </Form>
  );
}

export function CompanySeats({ company }: { company: Company }) {
  const { data, error } = useQuery(companyQueries.seats(company.id));
  return (
    <div className={styles.stack}>
      <PackForm company={company} />
      {error ? <ProblemNote error={error} /> : null}
      {data ? <Seats seats={data} /> : error ? null : <Skeleton active />}
    </div>
  );
}
