import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Skeleton, Tabs } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { type LineDetail, lineQueries, lineRequests } from "@/api/lines";
import { asProblem } from "@/api/problem";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";
import { LineFacts } from "./LineFacts";
import { LineFields } from "./LineFields";
import { bodyOf, FIELDS, type LineValues, lineForm, valuesOf } from "./line-values";

function ChangeForm({ line, onSave }: { line: LineDetail; onSave: ReturnType<typeof useChange> }) {
  const whyNot = useWhyNot("change_lines");
  return (
    <Form
      id={lineForm}
      form={onSave.form}
      layout="vertical"
      requiredMark={false}
      disabled={whyNot !== null}
      initialValues={valuesOf(line)}
      onFinish={(values) => onSave.change.mutate(values)}
    >
      <LineFields form={onSave.form} keepsPassword={line.username !== null} />
    </Form>
  );
}

function useChange(line: LineDetail | undefined) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<LineValues>();
  const faults = useFormProblem(form, FIELDS);
  const change = useMutation({
    mutationFn: (values: LineValues) => {
      if (!line) throw new Error("there is no line to change yet");
      return lineRequests.change(line.id, bodyOf(values, line));
    },
    onSuccess: (changed) => {
      client.setQueryData(lineQueries.line(changed.id).queryKey, changed);
      void client.invalidateQueries({ queryKey: ["lines"] });
      message.success(t("line.changed", { name: changed.name }));
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return { form, faults, change };
}

/** One line: how it stands and what calls over it, and everything that can be changed about it. */
export function LineDrawer() {
  const { t } = useTranslation();
  const { lineId = "" } = useParams();
  const { data, error, refetch } = useQuery(lineQueries.line(lineId));
  const saving = useChange(data);
  const whyNot = useWhyNot("change_lines");
  const [tab, setTab] = useState("now");
  return (
    <AddressDrawer
      title={data?.name ?? t("menu.lines")}
      back="/lines"
      width={600}
      problem={saving.faults.rest}
      footer={
        data && tab === "change" ? (
          <Button
            type="primary"
            form={lineForm}
            htmlType="submit"
            loading={saving.change.isPending}
            disabled={whyNot !== null}
          >
            {t("line.save")}
          </Button>
        ) : null
      }
    >
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active paragraph={{ rows: 8 }} /> : null}
      {data ? (
        <Tabs
          activeKey={tab}
          onChange={setTab}
          items={[
            { key: "now", label: t("line.now"), children: <LineFacts line={data} /> },
            {
              key: "change",
              label: t("line.change"),
              forceRender: true,
              children: <ChangeForm line={data} onSave={saving} />,
            },
          ]}
        />
      ) : null}
    </AddressDrawer>
  );
}
