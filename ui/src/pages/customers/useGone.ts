import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { bookQueries } from "@/api/book";
import { queries } from "@/api/queries";
import { useAddressFilter } from "@/parts/useAddressFilter";

/** Sentences about filters of the address that name what nobody has any longer, or what is no field now. */
export function useGone(): string[] {
  const { t } = useTranslation();
  const [category] = useAddressFilter("category");
  const [tag] = useAddressFilter("tag");
  const [asked] = useAddressFilter("field");
  const choices = useQuery({ ...queries.bookChoices(), enabled: category !== "" });
  const tagged = useQuery({
    ...queries.book({ tag, limit: 1 }),
    enabled: tag !== "",
    placeholderData: undefined,
  });
  const fields = useQuery({ ...bookQueries.fields(), enabled: asked !== "" });
  const [key = "", ...rest] = asked.split(":");
  const value = rest.join(":");
  const field = fields.data?.find((one) => one.key === key && !one.retired);
  const gone: string[] = [];
  if (category && choices.data && !choices.data.categories.includes(category))
    gone.push(t("gone.category", { category }));
  if (tag && tagged.data?.items.length === 0) gone.push(t("gone.tag", { tag }));
  if (asked && fields.data && !field) gone.push(t("gone.field", { field: key }));
  else if (field && field.kind === "choice" && !field.choices.includes(value))
    gone.push(t("gone.choice", { field: field.label, value }));
  return gone;
}
