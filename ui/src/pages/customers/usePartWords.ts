import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { bookQueries } from "@/api/book";
import { readable } from "@/parts/readable";
import { useLocale } from "@/parts/useLocale";

const PARTS = ["name", "category", "tags", "notes", "owner_id", "follow_up_at", "merged"] as const;
const OWN = "fields.";

/** The parts of a customer as a person reads them, in a sentence. */
export function usePartWords(): (parts: readonly string[]) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const { data: fields } = useQuery(bookQueries.fields());
  const word = (part: string) => {
    const known = PARTS.find((one) => one === part);
    if (known) return t(`bookPart.${known}`);
    const name = part.replace(OWN, "");
    return fields?.find(({ key }) => key === name)?.label ?? readable(name);
  };
  return (parts) => new Intl.ListFormat(locale).format(parts.map(word));
}
