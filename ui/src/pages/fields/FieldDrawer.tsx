import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { bookQueries, bookRequests, type CustomField, type FieldKind } from "@/api/book";
import { asProblem } from "@/api/problem";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { EmptyState } from "@/parts/EmptyState";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";

const BACK = "/customer-fields";
const FORM = "custom-field";
const KINDS: readonly FieldKind[] = ["text", "number", "date", "choice"];

interface Values {
  label: string;
  kind: FieldKind;
  key?: string;
  required: boolean;
  choices: string[];
  retired: boolean;
}

const FRESH: Values = { label: "", kind: "text", required: false, choices: [], retired: false };

function save(field: CustomField | null, { label, kind, key, required, choices, retired }: Values) {
  if (field) return bookRequests.changeField(field.id, { label, required, choices, retired });
  return bookRequests.addField({ label, kind, key: key || null, required, choices });
}

function Fields({ field }: { field: CustomField | null }) {
  const { t } = useTranslation();
  const kind = Form.useWatch<FieldKind | undefined>("kind") ?? field?.kind ?? FRESH.kind;
  return (
    <>
      <Form.Item
        name="label"
        label={t("fields.label")}
        rules={[{ required: true, message: t("fields.labelMissing") }]}
      >
        <Input maxLength={60} autoFocus={field === null} />
      </Form.Item>
      <Form.Item name="kind" label={t("fields.kind")} extra={field ? t("fields.kindStays") : undefined}>
        <Radio.Group
          disabled={field !== null}
          options={KINDS.map((value) => ({ value, label: t(`fieldKind.${value}`) }))}
        />
      </Form.Item>
      {kind === "choice" ? (
        <Form.Item
          name="choices"
          label={t("fields.choices")}
          extra={t("fields.choicesHint")}
          rules={[{ required: true, message: t("fields.choicesMissing") }]}
        >
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[",", "，"]} maxCount={100} />
        </Form.Item>
      ) : null}
      <Form.Item name="required" valuePropName="checked" extra={t("fields.requiredHint")}>
        <Checkbox>{t("fields.required")}</Checkbox>
      </Form.Item>
      {field ? (
        <Form.Item name="retired" valuePropName="checked" extra={t("fields.retireHint")}>
          <Checkbox>{t("fields.retire")}</Checkbox>
        </Form.Item>
      ) : (
        <Form.Item
          name="key"
          label={t("fields.key")}
          extra={t("fields.keyHint")}
          rules={[{ pattern: /^[a-z][a-z0-9_]{0,39}$/, message: t("fields.keyWrong") }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      )}
    </>
  );
}

function Editing({ field }: { field: CustomField | null }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const faults = useFormProblem(form, ["label", "choices", "key"]);
  const saving = useMutation({
    mutationFn: (values: Values) => save(field, { ...FRESH, ...values }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: bookQueries.fields().queryKey });
      message.success(t("book.saved"));
      navigate(BACK);
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return (
    <AddressDrawer
      title={field ? field.label : t("fields.new")}
      back={BACK}
      problem={faults.rest}
      footer={
        <Button type="primary" form={FORM} htmlType="submit" loading={saving.isPending}>
          {t("book.save")}
        </Button>
      }
    >
      <Form<Values>
        id={FORM}
        form={form}
        layout="vertical"
        initialValues={field ?? FRESH}
        onFinish={(values) => saving.mutate(values)}
      >
        <Fields field={field} />
      </Form>
    </AddressDrawer>
  );
}

/** One field of customers, defined or changed. */
export function FieldDrawer() {
  const { t } = useTranslation();
  const { fieldId } = useParams();
  const { data, error, refetch } = useQuery(bookQueries.fields());
  const field = data?.find(({ id }) => id === fieldId) ?? null;
  if (!fieldId || field) return <Editing key={fieldId ?? "new"} field={field} />;
  return (
    <AddressDrawer title={t(data || error ? "fields.field" : "state.loading")} back={BACK}>
      {data ? <EmptyState title={t("fields.gone")} hint={t("fields.goneHint")} /> : null}
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {data || error ? null : <PageSkeleton />}
    </AddressDrawer>
  );
}
