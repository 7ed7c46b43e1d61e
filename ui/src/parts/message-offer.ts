import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type MessageTemplate, messageQueries } from "@/api/messages";
import { useChannelTrouble } from "./channel-trouble";

interface Offer {
  /** The templates of which a version is approved. */
  usable: MessageTemplate[];
  /** Why no message can be sent; empty where one can, and while that isn't known. */
  why: string;
  /** How many the balance pays for, where that is known. */
  pays: number | null | undefined;
  isPending: boolean;
}

/** What the company can send now. */
export function useMessageOffer(): Offer {
  const { t } = useTranslation();
  const troubleWords = useChannelTrouble();
  const account = useQuery(messageQueries.account());
  const templates = useQuery(messageQueries.templates());
  const usable = templates.data?.filter((template) => template.usable) ?? [];
  const trouble = account.data ? troubleWords(account.data.trouble) : "";
  return {
    usable,
    why: trouble || (templates.data && usable.length === 0 ? t("messages.noneUsable") : ""),
    pays: account.data?.pays_for,
    isPending: templates.isPending,
  };
}
