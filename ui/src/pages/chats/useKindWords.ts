import { useTranslation } from "react-i18next";

const KNOWN = [
  "wechat",
  "wecom_bot",
  "dingtalk",
  "feishu",
  "lark",
  "slack",
  "telegram",
  "google_chat",
  "pushplus",
  "mail",
] as const;
const FIELDS = [
  "webhook",
  "secret",
  "bot_token",
  "chat",
  "token",
  "to",
  "server",
  "user",
  "password",
] as const;

/** What a kind of chats and its fields are called, and how one comes by its address. */
export function useKindWords() {
  const { t } = useTranslation();
  return {
    kind: (name: string): string => {
      const known = KNOWN.find((one) => one === name);
      return known ? t(`chatKind.${known}`) : name;
    },
    how: (name: string): string => {
      const known = KNOWN.find((one) => one === name);
      return known ? t(`chatHow.${known}`) : "";
    },
    field: (name: string): string => {
      const known = FIELDS.find((one) => one === name);
      return known ? t(`chatField.${known}`) : name;
    },
  };
}
