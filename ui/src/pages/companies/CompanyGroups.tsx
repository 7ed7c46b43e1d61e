import { DeleteOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { PolicyGroup } from "@/api/lines";
import { type Company, companyQueries, companyRequests } from "@/api/money";
import { asProblem } from "@/api/problem";
import { AskFirst } from "@/parts/AskFirst";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";
import styles from "./companies.module.css";

const FIELDS = ["name"] as const;

function GroupForm({ company, done }: { company: Company; done: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ name: string }>();
  const faults = useFormProblem(form, FIELDS);
  const create = useMutation({
    mutationFn: ({ name }: { name: string }) => companyRequests.createGroup(company.id, name),
    onSuccess: () => {
      form.resetFields();
      done();
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(values) => create.mutate(values)}>
      <Form.Item
        name="name"
        label={t("company.groupName")}
        extra={t("company.groupHint")}
        rules={[{ required: true, whitespace: true, message: t("form.missing") }]}
      >
        <Input maxLength={80} autoComplete="off" />
      </Form.Item>
      {faults.rest ? <ProblemNote error={faults.rest} /> : null}
      <Button type="primary" htmlType="submit" loading={create.isPending}>
        {t("company.createGroup")}
      </Button>
    </Form>
  );
}

export function CompanyGroups({ company }: { company: Company }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { data, error } = useQuery(companyQueries.groups(company.id));
  const refresh = () => {
    void client.invalidateQueries({ queryKey: ["companies"] });
    void client.invalidateQueries({ queryKey: ["lines", "groups"] });
  };
  const remove = useMutation({
    mutationFn: (id: string) => companyRequests.deleteGroup(company.id, id),
    onSuccess: refresh,
  });
  return (
    <div className={styles.stack}>
      <GroupForm company={company} done={refresh} />
      {error ? <ProblemNote error={error} /> : null}
      {remove.isError ? <ProblemNote error={asProblem(remove.error)} /> : null}
      <Table<PolicyGroup>
        aria-label={t("menu.policyGroups")}
        rowKey="id"
        size="small"
        pagination={false}
        loading={!data && !error}
        dataSource={data ?? []}
        columns={[
          { title: t("company.groupName"), dataIndex: "name" },
          {
            title: t("menu.lines"),
            key: "lines",
            render: (_, { lines }) => lines.map(({ name }) => name).join(", ") || t("group.noLines"),
          },
          {
            key: "delete",
            align: "right",
            render: (_, { id, name }) => (
              <AskFirst
                title={t("company.removeGroup", { name })}
                okButtonProps={{ danger: true }}
                onConfirm={() => remove.mutate(id)}
              >
                <Button
                  danger
                  icon={<DeleteOutlined />}
                  aria-label={t("company.removeGroup", { name })}
                  loading={remove.isPending && remove.variables === id}
                />
              </AskFirst>
            ),
          },
        ]}
      />
    </div>
  );
}
