import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Segmented, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Company,
  companyQueries,
  companyRequests,
  type LedgerEntry,
  type NewMovement,
} from "@/api/money";
import { newKey } from "@/api/new-key";
import { asProblem } from "@/api/problem";
import { Amount, What } from "@/pages/money/Movement";
import { money } from "@/parts/numbers";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { useFormProblem } from "@/parts/useFormProblem";
import { useLocale } from "@/parts/useLocale";
import styles from "./companies.module.css";

type Values = Omit<NewMovement, "key">;
const KINDS = ["top_up", "correction"] as const;
const FIELDS = ["amount", "note"] as const;

/** One key for each movement meant: pressed twice, or sent again after a lost answer, it is entered once. */
function useEnter(company: Company) {
  const { t } = useTranslation();
  const locale = useLocale();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const faults = useFormProblem(form, FIELDS);
  const [key, setKey] = useState(newKey);
  const enter = useMutation({
    mutationFn: (values: Values) => companyRequests.enter(company.id, { ...values, key }),
    onSuccess: ({ balance }) => {
      setKey(newKey());
      form.resetFields();
      void client.invalidateQueries({ queryKey: ["companies"] });
      void client.invalidateQueries({ queryKey: ["money"] });
      message.success(t("company.entered", { balance: money(balance.available, balance.currency, locale) }));
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return { form, faults, enter, meansAnother: () => setKey(newKey()) };
}

function EnterForm({ company }: { company: Company }) {
  const { t } = useTranslation();
  const { form, faults, enter, meansAnother } = useEnter(company);
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ kind: "top_up", note: "" }}
      onValuesChange={meansAnother}
      onFinish={(values) => enter.mutate(values)}
    >
      <Form.Item name="kind">
        <Segmented options={KINDS.map((value) => ({ value, label: t(`movement.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="amount"
        label={t("money.amount")}
        extra={t("company.amountHint")}
        rules={[{ required: true, message: t("form.missing") }]}
      >
        <Input
          inputMode="decimal"
          autoComplete="off"
          suffix={company.balance.currency}
          style={{ maxWidth: 220 }}
        />
      </Form.Item>
      <Form.Item name="note" label={t("company.note")}>
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      {faults.rest ? <ProblemNote error={faults.rest} /> : null}
      <Button type="primary" htmlType="submit" loading={enter.isPending}>
        {t("company.enter")}
      </Button>
    </Form>
  );
}

export function CompanyMoney({ company }: { company: Company }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data, error } = useQuery(companyQueries.ledger(company.id));
  const { available, held, currency } = company.balance;
  return (
    <div className={styles.stack}>
      <strong>
        {t("company.balance", {
          available: money(available, currency, locale),
          held: money(held, currency, locale),
        })}
      </strong>
      <EnterForm company={company} />
      {error ? <ProblemNote error={error} /> : null}
      <Table<LedgerEntry>
        aria-label={t("money.ledger")}
        rowKey="id"
        size="small"
        pagination={false}
        loading={!data && !error}
        dataSource={data?.items ?? []}
        columns={[
          { title: t("money.kind"), key: "kind", render: (_, { kind }) => t(`movement.${kind}`) },
          {
            title: t("money.amount"),
            key: "amount",
            align: "right",
            render: (_, { amount }) => <Amount micros={amount} currency={currency} />,
          },
          { title: t("money.what"), key: "what", render: (_, entry) => <What entry={entry} /> },
          { title: t("money.when"), key: "when", render: (_, { at }) => <Time past at={at} /> },
        ]}
      />
    </div>
  );
}
