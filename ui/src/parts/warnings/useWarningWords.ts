import { useTranslation } from "react-i18next";
import type { OwnWarning } from "@/api/warnings";
import { useMe } from "@/app/session";
import { money } from "@/parts/numbers";
import { useLocale } from "@/parts/useLocale";

interface Words {
  title: string;
  text: string;
  /** The page on which it can be mended. */
  to: string;
}

const STAGES = { "30": "ahead", "7": "ahead", "0": "today", "-7": "after" } as const;
const FAULTS = ["line_faults", "no_connection", "connect_rate_fell"] as const;
/** A pack that ends at midnight can be used up to the day before. */
const INSTANT_MS = 1;

const places = (id: string): Record<OwnWarning["kind"], string> => ({
  out_of_credit: "/money",
  low_balance: "/money",
  seat_expiry: "/ai-seats",
  line_fault: `/lines/${id}`,
  nearly_done: `/tasks/${id}`,
  done: `/tasks/${id}`,
  webhook_given_up: `/webhooks/${id}`,
});

/** What a warning says, and where it leads. */
export function useWarningWords(): (warning: OwnWarning) => Words {
  const { t } = useTranslation();
  const locale = useLocale();
  const { tenant } = useMe();
  const day = (iso: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: tenant.time_zone }).format(
      Date.parse(iso) - INSTANT_MS,
    );
  return ({ kind, about_id, stage, details }) => {
    const text = (name: string) => String(details[name] ?? "");
    const number = (name: string) => Number(details[name] ?? 0);
    const amount = (name: string) => money(number(name), text("currency") || tenant.currency, locale);
    const fault = FAULTS.find((one) => one === details.fault);
    const named = {
      name: text("name"),
      customers: number("customers"),
      done: number("done"),
      seats: number("seats"),
      needed: number("needed"),
      day: details.expires_at ? day(text("expires_at")) : "",
      balance: kind === "low_balance" ? amount("balance") : "",
      threshold: kind === "low_balance" ? amount("threshold") : "",
      fault: fault ? t(`lineFault.${fault}`) : "",
    };
    const to = places(about_id)[kind];
    if (kind !== "seat_expiry")
      return { title: t(`warning.${kind}`, named), text: t(`warningText.${kind}`, named), to };
    const when = STAGES[stage as keyof typeof STAGES] ?? "ahead";
    return { title: t(`warning.seats.${when}`, named), text: t("warningText.seat_expiry", named), to };
  };
}
