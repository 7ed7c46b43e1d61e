import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import { bookQueries } from "@/api/book";
import type { NewCustomer, Task } from "@/api/model";
import { asProblem } from "@/api/problem";
import { requests } from "@/api/requests";
import { useKeyOf } from "@/api/useKeyOf";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { FieldInput } from "@/parts/fields/FieldInput";
import { useFormProblem } from "@/parts/useFormProblem";
import { useWhyNoMore } from "./useWhyNoMore";
import { needsName, otherVariables } from "./variables";

const FORM = "add-customer";

/** One customer by hand; the form stays open for the next one. */
export function AddCustomer() {
  const { t } = useTranslation();
  const task = useOutletContext<Task>();
  const client = useQueryClient();
  const { message } = App.useApp();
  const whyNot = useWhyNoMore(task);
  const [form] = Form.useForm<NewCustomer>();
  const faults = useFormProblem(form, ["phone", "name", "variables"]);
  const { keyOf, forget } = useKeyOf<NewCustomer>();
  const add = useMutation({
    mutationFn: (customer: NewCustomer) => requests.addCustomer(task.id, customer, keyOf(customer)),
    onSuccess: (_, customer) => {
      message.success(t("addCustomer.done", { name: customer.name || customer.phone }));
      forget();
      form.resetFields();
      for (const queryKey of [["task", task.id], ["customers", task.id], ["tasks"]])
        void client.invalidateQueries({ queryKey });
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  const variables = otherVariables(task.variables);
  const fields = useQuery(bookQueries.fields());
  const others = (fields.data ?? []).filter(
    ({ key, retired }) => !retired && !task.variables.some(({ name }) => name === key),
  );
  return (
    <AddressDrawer
      title={t("addCustomer.title", { name: task.name })}
      back={`/tasks/${task.id}`}
      problem={faults.rest}
      footer={
        <Button
          type="primary"
          form={FORM}
          htmlType="submit"
          loading={add.isPending}
          disabled={whyNot !== null}
        >
          {t("addCustomer.submit")}
        </Button>
      }
    >
      <Form<NewCustomer>
        id={FORM}
        form={form}
        layout="vertical"
        onFinish={({ phone, name = "", variables: values = {} }) =>
          add.mutate({ phone, name, variables: values })
        }
      >
        <Form.Item
          name="phone"
          label={t("customer.phone")}
          extra={t("addCustomer.phoneHint")}
          rules={[{ required: true, message: t("addCustomer.phoneMissing") }]}
        >
          <Input type="tel" autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="name"
          label={t("customer.name")}
          rules={[{ required: needsName(task.variables), message: t("addCustomer.nameMissing") }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        {variables.map(({ name, label, required, example }) => (
          <Form.Item
            key={name}
            name={["variables", name]}
            label={label || name}
            rules={[{ required, message: t("addCustomer.variableMissing", { label: label || name }) }]}
          >
            <Input placeholder={example} autoComplete="off" />
          </Form.Item>
        ))}
        {others.map((field) => (
          <Form.Item
            key={field.key}
            name={["variables", field.key]}
            label={field.label}
            rules={[
              { required: field.required, message: t("addCustomer.variableMissing", { label: field.label }) },
            ]}
          >
            <FieldInput field={field} />
          </Form.Item>
        ))}
      </Form>
      {whyNot ? <p className="quiet">{whyNot}</p> : null}
    </AddressDrawer>
  );
}
