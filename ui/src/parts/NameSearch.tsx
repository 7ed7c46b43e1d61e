import { useTranslation } from "react-i18next";
import { useMay } from "@/app/session";
import { SearchField } from "./SearchField";

/** Looks for people by part of a name, and of a number for those who see numbers whole. */
export function NameSearch() {
  const { t } = useTranslation();
  return (
    <SearchField name="text" label={t(useMay("see_numbers") ? "customer.search" : "customer.searchName")} />
  );
}
