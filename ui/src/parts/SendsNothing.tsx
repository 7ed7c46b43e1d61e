import { useQuery } from "@tanstack/react-query";
import { Alert, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { messageQueries } from "@/api/messages";
import { useMay } from "@/app/session";

/** Marks what goes over a channel that sends nothing. */
export function SendsNothingMark() {
  const { t } = useTranslation();
  return <Tag color="warning">{t("sendsNothing.mark")}</Tag>;
}

/** Whether the company's messages go over a channel that sends nothing, as far as one may read that. */
export function useSendsNothing(): boolean {
  const { data } = useQuery({ ...messageQueries.account(), enabled: useMay("read_messages") });
  return data?.sends_nothing ?? false;
}

/** Says so, wherever messages are chosen, listed or paid for, that the company's channel sends nothing. */
export function SendsNothingNote() {
  const { t } = useTranslation();
  if (!useSendsNothing()) return null;
  return <Alert type="warning" showIcon style={{ marginBlockEnd: 12 }} title={t("sendsNothing.note")} />;
}
