import { useTranslation } from "react-i18next";
import type { CustomerState, Export, PhoneState } from "@/api/model";

/** The filters of the list that was exported, as the page that had them words them. */
export function useFilterWords(): (found: Export) => string[] {
  const { t } = useTranslation();
  return ({ filters }) => [
    ...(filters.text ? [t("export.text", { text: filters.text })] : []),
    ...(filters.state ? [t(`customerState.${filters.state as CustomerState}`)] : []),
    ...(filters.phone_state ? [t(`phoneState.${filters.phone_state as PhoneState}`)] : []),
    ...(filters.grade ? [t("grade.title", { grade: filters.grade })] : []),
    ...(filters.min_talk_ms
      ? [t("call.talkAtLeast", { count: Math.round(Number(filters.min_talk_ms) / 1000) })]
      : []),
  ];
}
