import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { type ChatKind, chatQueries, chatRequests, type NewChat } from "@/api/chats";
import { asProblem } from "@/api/problem";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";
import styles from "./chats.module.css";
import { NoAccount, ScanCode } from "./ScanCode";
import { useKindWords } from "./useKindWords";

const FORM = "bind-chat";

function KindFields({ kind }: { kind: ChatKind }) {
  const { t } = useTranslation();
  const words = useKindWords();
  return (
    <>
      <p className={`quiet ${styles.how}`}>{words.how(kind.name)}</p>
      {kind.ready ? null : <NoAccount />}
      {kind.fields.map(({ name, example, required, secret, hidden }) => (
        <Form.Item
          key={`${kind.name} ${name}`}
          name={["address", name]}
          label={required ? words.field(name) : t("chat.optional", { field: words.field(name) })}
          preserve={false}
          rules={required ? [{ required: true, whitespace: true, message: t("chat.addressMissing") }] : []}
          extra={secret ? undefined : t("chat.shown")}
        >
          {hidden ? (
            <Input.Password maxLength={200} autoComplete="new-password" />
          ) : (
            <Input maxLength={1000} autoComplete="off" spellCheck={false} placeholder={example} />
          )}
        </Form.Item>
      ))}
    </>
  );
}

function Fields({ kinds }: { kinds: readonly ChatKind[] }) {
  const { t } = useTranslation();
  const words = useKindWords();
  const chosen = Form.useWatch("kind");
  const kind = kinds.find(({ name }) => name === chosen);
  return (
    <>
      <Form.Item name="kind" label={t("chat.kind")}>
        <Select options={kinds.map(({ name }) => ({ value: name, label: words.kind(name) }))} />
      </Form.Item>
      {kind ? <KindFields kind={kind} /> : null}
      <Form.Item
        name="name"
        label={t("chat.name")}
        rules={[{ required: true, whitespace: true, message: t("chat.nameMissing") }]}
      >
        <Input maxLength={80} autoComplete="off" placeholder={t("chat.nameExample")} />
      </Form.Item>
      {kind?.scanned ? null : <p className="quiet">{t("chat.kept")}</p>}
    </>
  );
}

/** Binds a chat of one's own: by typing what leads there, or by scanning a code. */
export function BindChat() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: kinds, error, refetch } = useQuery(chatQueries.kinds());
  const [form] = Form.useForm<NewChat>();
  const faults = useFormProblem(form, ["name", "kind", "address"]);
  const chosen = Form.useWatch("kind", form);
  const scanned = kinds?.find(({ name }) => name === chosen)?.scanned ?? false;
  const bound = useCallback(async () => {
    await client.invalidateQueries({ queryKey: chatQueries.own().queryKey });
    navigate("/chats");
  }, [client, navigate]);
  const binding = useMutation({
    mutationFn: chatRequests.bind,
    onSuccess: bound,
    onError: (problem) => faults.show(asProblem(problem)),
  });
  const showing = useMutation({
    mutationFn: chatRequests.showCode,
    onError: (problem) => faults.show(asProblem(problem)),
  });
  const submit = ({ name, kind, address }: NewChat) =>
    scanned ? showing.mutate(name) : binding.mutate({ name, kind, address: filled(address ?? {}) });
  return (
    <AddressDrawer
      title={t("chat.bind")}
      back="/chats"
      problem={faults.rest}
      footer={
        <Button
          type="primary"
          form={FORM}
          htmlType="submit"
          loading={binding.isPending || showing.isPending}
          disabled={!kinds}
        >
          {scanned ? t(showing.data ? "wechat.anotherCode" : "wechat.showCode") : t("chat.bind")}
        </Button>
      }
    >
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!kinds && !error ? <PageSkeleton /> : null}
      {kinds ? (
        <Form<NewChat>
          id={FORM}
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ kind: kinds.find(({ ready }) => ready)?.name }}
          onFinish={submit}
        >
          <Fields kinds={kinds} />
        </Form>
      ) : null}
      {scanned && showing.data ? (
        <ScanCode key={showing.data.id} code={showing.data} onBound={bound} />
      ) : null}
    </AddressDrawer>
  );
}

const filled = (address: NewChat["address"]): NewChat["address"] =>
  Object.fromEntries(Object.entries(address).filter(([, typed]) => typed));
