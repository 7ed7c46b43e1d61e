import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Space, Table, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";
import { bookQueries, bookRequests, type CustomField } from "@/api/book";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { moved } from "./moved";

function useOrder(fields: CustomField[]) {
  const client = useQueryClient();
  const order = useMutation({
    mutationFn: (ids: string[]) => bookRequests.orderFields(ids),
    onSettled: () => client.invalidateQueries({ queryKey: bookQueries.fields().queryKey }),
  });
  const ids = fields.filter(({ retired }) => !retired).map(({ id }) => id);
  return { order, last: ids.length - 1, move: (at: number, by: number) => order.mutate(moved(ids, at, by)) };
}

function FieldsTable({ fields }: { fields: CustomField[] }) {
  const { t } = useTranslation();
  const { order, last, move } = useOrder(fields);
  return (
    <>
      {order.error ? <ProblemNote error={order.error} /> : null}
      <Table<CustomField>
        aria-label={t("fields.title")}
        rowKey="id"
        size="middle"
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={fields}
        columns={[
          {
            title: t("fields.label"),
            key: "label",
            render: (_, field) => (
              <Space>
                <Link to={`/customer-fields/${field.id}`}>{field.label}</Link>
                {field.retired ? <Tag>{t("fields.retired")}</Tag> : null}
              </Space>
            ),
          },
          { title: t("fields.kind"), key: "kind", render: (_, field) => t(`fieldKind.${field.kind}`) },
          {
            title: t("fields.required"),
            key: "required",
            render: (_, field) => (field.required && !field.retired ? t("fields.yes") : "–"),
          },
          {
            title: t("fields.key"),
            key: "key",
            responsive: ["md"],
            render: (_, field) => <code>{field.key}</code>,
          },
          {
            title: t("fields.order"),
            key: "order",
            render: (_, field, at) =>
              field.retired ? null : (
                <Space size={4}>
                  <Button
                    size="small"
                    icon={<ArrowUpOutlined />}
                    aria-label={t("fields.up", { label: field.label })}
                    disabled={at === 0 || order.isPending}
                    onClick={() => move(at, -1)}
                  />
                  <Button
                    size="small"
                    icon={<ArrowDownOutlined />}
                    aria-label={t("fields.down", { label: field.label })}
                    disabled={at >= last || order.isPending}
                    onClick={() => move(at, 1)}
                  />
                </Space>
              ),
          },
        ]}
      />
    </>
  );
}

/** What the company wants to know of every customer beside name and number. */
export function FieldsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(bookQueries.fields());
  const add = (
    <LinkButton primary to="/customer-fields/new">
      {t("fields.new")}
    </LinkButton>
  );
  return (
    <Page title={t("fields.title")} about={t("fields.about")} action={data?.length ? add : undefined}>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data ? (
        <Panel padded={data.length === 0}>
          {data.length === 0 ? (
            <EmptyState title={t("fields.none")} hint={t("fields.noneHint")} action={add} />
          ) : (
            <FieldsTable fields={data} />
          )}
        </Panel>
      ) : null}
      <Outlet />
    </Page>
  );
}
