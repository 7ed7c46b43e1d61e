import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Radio, Switch, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { type ChannelDraft, type MessageChannel, messageQueries, messageRequests } from "@/api/messages";
import { asProblem } from "@/api/problem";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";

const BACK = "/message-channels";
const FORM = "message-channel";
const EXAMPLES = {
  smpp: {
    host: "smsc.example",
    port: 2775,
    system_id: "callwright",
    system_type: "",
    encrypted: false,
    window: 10,
  },
  gateway: {
    method: "POST",
    url: "https://gateway.example/messages",
    headers: { Authorization: "Bearer {secret}" },
    body: '{"to": "{recipient}", "from": "{sender}", "text": "{text}", "ref": "{id}"}',
    body_is: "json",
    answer: { status: [200, 201, 202], id_path: "id" },
    receipt: { id_path: "id", state_path: "status" },
    reply: { sender_path: "from", recipient_path: "to", text_path: "text" },
  },
  null: {},
};

interface Values {
  name: string;
  provider: ChannelDraft["provider"];
  config: string;
  secret: string;
  per_second: number;
  active: boolean;
}

const written = (config: object): string => JSON.stringify(config, null, 2);

const FRESH: Values = {
  name: "",
  provider: "smpp",
  config: written(EXAMPLES.smpp),
  secret: "",
  per_second: 10,
  active: true,
};

const valuesOf = ({ name, provider, config, per_second, active }: MessageChannel): Values => ({
  name,
  provider,
  config: written(config),
  secret: "",
  per_second,
  active,
});

function isObject(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read);
  } catch {
    return false;
  }
}

function Fields({ channel }: { channel: MessageChannel | null }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Values>();
  const required = [{ required: true, message: t("form.missing") }];
  const provider = Form.useWatch("provider", form);
  const check = async (_: unknown, text: string) => {
    if (!isObject(text)) throw new Error(t("channels.configWrong"));
  };
  return (
    <>
      <Form.Item name="name" label={t("messages.name")} rules={required}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item
        name="provider"
        label={t("channels.provider")}
        extra={provider === "null" ? t("channels.nothingHint") : undefined}
      >
        <Radio.Group
          disabled={channel !== null}
          optionType="button"
          options={(["smpp", "gateway", "null"] as const).map((value) => ({
            value,
            label: t(`channelProvider.${value}`),
          }))}
          onChange={({ target }) => {
            const chosen = target.value as Values["provider"];
            form.setFieldValue("config", written(EXAMPLES[chosen]));
          }}
        />
      </Form.Item>
      <Form.Item
        name="config"
        label={t("channels.config")}
        extra={t("channels.configHint")}
        hidden={provider === "null"}
        rules={[{ validator: check }]}
      >
        <Input.TextArea autoSize={{ minRows: 6, maxRows: 20 }} spellCheck={false} className="number" />
      </Form.Item>
      <Form.Item
        name="secret"
        hidden={provider === "null"}
        label={t("channels.secret")}
        extra={t(channel ? "channels.secretStays" : "channels.secretHint")}
      >
        <Input.Password autoComplete="new-password" maxLength={500} />
      </Form.Item>
      <Form.Item name="per_second" label={t("channels.perSecond")}>
        <InputNumber min={1} max={500} precision={0} />
      </Form.Item>
      <Form.Item
        name="active"
        valuePropName="checked"
        label={t("channels.active")}
        layout="horizontal"
        colon={false}
      >
        <Switch size="small" />
      </Form.Item>
      {channel?.callback ? (
        <Form.Item label={t("channels.callback")} extra={t("channels.callbackHint")}>
          <Typography.Text copyable style={{ overflowWrap: "anywhere" }}>
            {new URL(channel.callback, window.location.origin).href}
          </Typography.Text>
        </Form.Item>
      ) : null}
    </>
  );
}

function Editing({ channel }: { channel: MessageChannel | null }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const faults = useFormProblem(form, ["name", "config", "secret"]);
  const saving = useMutation({
    mutationFn: ({ config, secret, ...rest }: Values) => {
      const body: ChannelDraft = {
        ...rest,
        config: JSON.parse(config),
        secret: secret || (channel ? null : ""),
      };
      return channel ? messageRequests.changeChannel(channel.id, body) : messageRequests.makeChannel(body);
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["messages"] });
      navigate(BACK);
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return (
    <AddressDrawer
      title={channel?.name ?? t("channels.new")}
      back={BACK}
      width={620}
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
        requiredMark={false}
        initialValues={channel ? valuesOf(channel) : FRESH}
        onFinish={(values) => saving.mutate(values)}
      >
        <Fields channel={channel} />
      </Form>
    </AddressDrawer>
  );
}

/** One way to a network, set up or changed. */
export function ChannelDrawer() {
  const { t } = useTranslation();
  const { channelId } = useParams();
  const { data, error, refetch } = useQuery(messageQueries.channels());
  const channel = data?.find(({ id }) => id === channelId) ?? null;
  if (!channelId || channel) return <Editing key={channelId ?? "new"} channel={channel} />;
  return (
    <AddressDrawer title={t("channels.title")} back={BACK}>
      {data ? <p>{t("problem.not-found.what")}</p> : null}
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {data || error ? null : <PageSkeleton />}
    </AddressDrawer>
  );
}
