import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { asProblem } from "@/api/problem";
import { requests } from "@/api/requests";
import { useWhyNoNewLine } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { useFormProblem } from "@/parts/useFormProblem";
import { LineFields } from "./LineFields";
import { bodyOf, FIELDS, FRESH, type LineValues, lineForm } from "./line-values";

export function NewLine() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const whyNot = useWhyNoNewLine();
  const [form] = Form.useForm<LineValues>();
  const faults = useFormProblem(form, FIELDS);
  const create = useMutation({
    mutationFn: (values: LineValues) => requests.createLine(bodyOf(values, null)),
    onSuccess: (line) => {
      void client.invalidateQueries({ queryKey: ["lines"] });
      message.success(t("line.created", { name: line.name }));
      navigate("/lines");
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return (
    <AddressDrawer
      title={t("line.new")}
      back="/lines"
      problem={faults.rest}
      footer={
        <Button
          type="primary"
          form={lineForm}
          htmlType="submit"
          loading={create.isPending}
          disabled={whyNot !== null}
        >
          {t("line.create")}
        </Button>
      }
    >
      <Form
        id={lineForm}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={FRESH}
        onFinish={(values) => create.mutate(values)}
      >
        <LineFields form={form} keepsPassword={false} />
      </Form>
      {whyNot ? <p className="quiet">{whyNot}</p> : null}
    </AddressDrawer>
  );
}
