import { useTranslation } from "react-i18next";
import type { BulkChange } from "@/api/book";

/** A change of many customers in a sentence: what was done, and with how many. */
export function useChangeWords() {
  const { t } = useTranslation();
  return {
    what: ({ act, value, owner }: BulkChange) =>
      t(`bulkDone.${act}`, { value: value || t("book.empty"), owner: owner ?? t("book.someone") }),
    howFar: (change: BulkChange) => {
      if (change.failure === "owner-gone") return t("bulk.ownerGone");
      if (change.failure) return t("bulk.failed", { count: change.changed });
      if (change.state === "undone") return t("bulk.undone", { count: change.restored, of: change.changed });
      if (change.state === "undoing") return t("bulk.undoing");
      if (change.state === "done") return t("bulk.changed", { count: change.changed });
      return t("bulk.underWay", { done: change.looked_at, count: change.total });
    },
  };
}
