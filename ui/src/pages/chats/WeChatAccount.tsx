import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Switch, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import {
  chatQueries,
  chatRequests,
  type WeChatAccount,
  type WeChatAccountDraft,
  type WeChatPart,
} from "@/api/chats";
import { asProblem } from "@/api/problem";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { AskFirst } from "@/parts/AskFirst";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { useProblemWords } from "@/parts/problem-words";
import { Time } from "@/parts/Time";
import { useFormProblem } from "@/parts/useFormProblem";
import styles from "./chats.module.css";
import { WeChatTemplate } from "./WeChatTemplate";

const FORM = "wechat-account";
const BACK = "/chats";

interface Template {
  id: string;
  places: { place: string; part: WeChatPart }[];
}

type Values = Omit<WeChatAccountDraft, "customers" | "notices"> & { customers: Template; notices: Template };
type Kept = WeChatAccountDraft["customers"];

const FRESH: Partial<Values> = {
  encrypts: true,
  customers: {
    id: "",
    places: [
      { place: "thing1", part: "title" },
      { place: "thing2", part: "name" },
      { place: "phone_number3", part: "phone" },
      { place: "time4", part: "time" },
    ],
  },
  notices: {
    id: "",
    places: [
      { place: "thing1", part: "title" },
      { place: "thing2", part: "details" },
    ],
  },
};

const typed = ({ id, places }: Kept): Template => ({
  id,
  places: Object.entries(places).map(([place, part]) => ({ place, part })),
});
const kept = ({ id, places }: Template): Kept => ({
  id,
  places: Object.fromEntries(places.map(({ place, part }) => [place, part])),
});

function Callback({ account }: { account: WeChatAccount }) {
  const { t } = useTranslation();
  return (
    <Form.Item label={t("wechat.callback")} extra={t("wechat.callbackHint")}>
      <Typography.Text copyable style={{ overflowWrap: "anywhere" }}>
        {new URL(account.callback, window.location.origin).href}
      </Typography.Text>
      <div className="quiet">
        {account.verified_at ? (
          <>
            {t("wechat.verified")} <Time past at={account.verified_at} />
          </>
        ) : (
          t("wechat.notVerified")
        )}
      </div>
    </Form.Item>
  );
}

function Secrets({ account }: { account: WeChatAccount | null }) {
  const { t } = useTranslation();
  const encrypts = Form.useWatch("encrypts");
  const stays = t(account ? "wechat.stays" : "wechat.fromConsole");
  const right = (pattern: RegExp, message: string) => [{ required: !account, pattern, message }];
  return (
    <>
      <Form.Item
        name="app_secret"
        label={t("wechat.appSecret")}
        extra={stays}
        rules={right(/^[0-9a-zA-Z]{32}$/, t("wechat.appSecretWrong"))}
      >
        <Input.Password autoComplete="new-password" maxLength={64} />
      </Form.Item>
      <Form.Item
        name="callback_token"
        label={t("wechat.token")}
        extra={account ? stays : t("wechat.tokenHint")}
        rules={right(/^[0-9a-zA-Z]{16,32}$/, t("wechat.tokenWrong"))}
      >
        <Input.Password autoComplete="new-password" maxLength={32} />
      </Form.Item>
      <Form.Item
        name="encrypts"
        valuePropName="checked"
        label={t("wechat.encrypts")}
        layout="horizontal"
        colon={false}
      >
        <Switch size="small" />
      </Form.Item>
      {encrypts ? (
        <Form.Item
          name="aes_key"
          label="EncodingAESKey"
          extra={t(account?.encrypts ? "wechat.stays" : "wechat.fromConsole")}
          rules={[
            { required: !account?.encrypts, pattern: /^[0-9a-zA-Z]{43}$/, message: t("wechat.aesKeyWrong") },
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={43} />
        </Form.Item>
      ) : null}
    </>
  );
}

function Remove() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const words = useProblemWords();
  const removing = useMutation({
    mutationFn: chatRequests.removeAccount,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: chatQueries.account().queryKey });
      await client.invalidateQueries({ queryKey: chatQueries.kinds().queryKey });
      navigate(BACK);
    },
    onError: (error) => message.error(words(error).what),
  });
  return (
    <AskFirst
      title={t("wechat.removeSure")}
      description={t("wechat.removeHint")}
      okText={t("wechat.remove")}
      onConfirm={() => removing.mutateAsync().catch(() => undefined)}
    >
      <Button danger>{t("wechat.remove")}</Button>
    </AskFirst>
  );
}

function Editing({ account }: { account: WeChatAccount | null }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { message } = App.useApp();
  const faults = useFormProblem(form, ["app_id", "app_secret", "callback_token", "aes_key"]);
  const saving = useMutation({
    mutationFn: ({ customers, notices, ...rest }: Values) =>
      chatRequests.saveAccount({ ...rest, customers: kept(customers), notices: kept(notices) }),
    onSuccess: async (saved) => {
      client.setQueryData(chatQueries.account().queryKey, saved);
      await client.invalidateQueries({ queryKey: chatQueries.kinds().queryKey });
      message.success(t("wechat.saved"));
      form.resetFields(["app_secret", "callback_token", "aes_key"]);
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  const initial = account
    ? { ...account, customers: typed(account.customers), notices: typed(account.notices) }
    : FRESH;
  return (
    <AddressDrawer
      title={t("wechat.account")}
      back={BACK}
      width={620}
      problem={faults.rest}
      footer={
        <div className={styles.actions}>
          <Button type="primary" form={FORM} htmlType="submit" loading={saving.isPending}>
            {t("book.save")}
          </Button>
          {account ? <Remove /> : null}
        </div>
      }
    >
      <Form<Values>
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(values) => saving.mutate(values)}
      >
        <p className={`quiet ${styles.about}`}>{t("wechat.about")}</p>
        {account ? <Callback account={account} /> : null}
        <Form.Item
          name="app_id"
          label={t("wechat.appId")}
          rules={[{ required: true, pattern: /^\s*wx[0-9a-zA-Z]{16}\s*$/, message: t("wechat.appIdWrong") }]}
        >
          <Input maxLength={40} autoComplete="off" spellCheck={false} placeholder="wx0123456789abcdef" />
        </Form.Item>
        <Secrets account={account} />
        <p className="quiet">{t("wechat.templates")}</p>
        <WeChatTemplate of="customers" />
        <WeChatTemplate of="notices" />
      </Form>
    </AddressDrawer>
  );
}

/** The company's official account of WeChat, registered or changed. */
export function WeChatAccountDrawer() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(chatQueries.account());
  if (data !== undefined) return <Editing account={data} />;
  return (
    <AddressDrawer title={t("wechat.account")} back={BACK} width={620}>
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : <PageSkeleton />}
    </AddressDrawer>
  );
}
