import { useMutation, useQuery } from "@tanstack/react-query";
import { AutoComplete, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bookRequests, type NewBulkChange } from "@/api/book";
import { newKey } from "@/api/new-key";
import { queries } from "@/api/queries";
import { AllThatMatch } from "@/parts/lists/AllThatMatch";
import { ProblemNote } from "@/parts/ProblemPage";
import type { Act, Meant } from "./useBulk";

interface Values {
  tag?: string;
  category?: string;
  owner_id?: string;
}

interface Props {
  act: Act;
  meant: Meant;
  count: number;
  close: () => void;
  asked: (id: string) => void;
}

function changeOf(act: Act, { tag = "", category = "", owner_id = "" }: Values): NewBulkChange["change"] {
  if (act === "set_category") return { act, category };
  if (act === "assign") return { act, owner_id };
  return act === "release" ? { act } : { act, tag };
}

function Value({ act }: { act: Act }) {
  const { t } = useTranslation();
  const { data } = useQuery(queries.bookChoices());
  if (act === "set_category")
    return (
      <Form.Item name="category" label={t("book.category")} extra={t("bulk.categoryHint")}>
        <AutoComplete
          autoFocus
          options={(data?.categories ?? []).map((value) => ({ value }))}
          showSearch={{ filterOption: true }}
        />
      </Form.Item>
    );
  if (act === "assign")
    return (
      <Form.Item name="owner_id" label={t("book.give")} rules={[{ required: true, message: t("bulk.whom") }]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={(data?.owners ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    );
  if (act === "release") return null;
  return (
    <Form.Item
      name="tag"
      label={t("book.tag")}
      rules={[{ required: true, whitespace: true, message: t("bulk.tagMissing") }]}
    >
      <Input autoFocus maxLength={40} />
    </Form.Item>
  );
}

/** What is done with how many, asked once more before it is done. */
export function BulkForm({ act, meant, count, close, asked }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [key] = useState(newKey);
  const change = useMutation({
    mutationFn: (values: Values) => bookRequests.changeMany({ key, change: changeOf(act, values), ...meant }),
    onSuccess: ({ id }) => asked(id),
  });
  return (
    <Modal
      open
      title={t(`bulkAct.${act}`)}
      okText={t("bulk.do", { count })}
      cancelText={t("bulk.cancel")}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={close}
    >
      <p>{t("bulk.touches", { count })}</p>
      {meant.matching ? <AllThatMatch filters={meant.matching} /> : null}
      <Form<Values> form={form} layout="vertical" onFinish={(values) => change.mutate(values)}>
        <Value act={act} />
      </Form>
      {change.error ? <ProblemNote error={change.error} /> : null}
      <p className="quiet">{t("bulk.undoHint")}</p>
    </Modal>
  );
}
