import { useTranslation } from "react-i18next";
import { useLocale } from "@/parts/useLocale";

const PARTS = ["name", "category", "tags", "notes", "owner_id", "follow_up_at"] as const;
const OWN = "fields.";

/** The parts of a customer as a person reads them, in a sentence. */
export function usePartWords(): (parts: readonly string[]) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const word = (part: string) => {
    const known = PARTS.find((one) => one === part);
    return known ? t(`bookPart.${known}`) : part.replace(OWN, "");
  };
  return (parts) => new Intl.ListFormat(locale).format(parts.map(word));
}
