import { useTranslation } from "react-i18next";
import { useLocale } from "./useLocale";

/** What can be wrong with one row of a file, one line of a list, or one customer of a form. */
const KNOWN = [
  "answer-missing",
  "consent-source-missing",
  "consent-unclear",
  "consent-withdrawn",
  "do-not-call",
  "do-not-call-everywhere",
  "node-unknown",
  "field-retired",
  "value-hidden",
  "phone-costly",
  "phone-country",
  "phone-length",
  "phone-missing",
  "phone-range",
  "phone-shape",
  "phone-shortened",
  "question-missing",
  "same-person",
  "text-too-long",
  "text-unshowable",
  "too-many-wordings",
  "value-missing",
  "value-not-choice",
  "value-not-date",
  "value-not-number",
  "value-too-long",
  "value-unknown",
  "value-unprintable",
  "wording-taken",
  "wordings-missing",
] as const;

interface Fault {
  code: string;
  fields: Readonly<Record<string, unknown>>;
  /** The same in the server's words, for a code that this page doesn't know. */
  reason: string;
}

const countryName = (region: unknown, locale: string): string =>
  typeof region === "string" && /^[A-Z]{2}$/.test(region)
    ? (new Intl.DisplayNames(locale, { type: "region" }).of(region) ?? region)
    : "";

/** A fault in the reader's language. */
export function useRowFaultWords(): (fault: Fault) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  return ({ code, fields, reason }) => {
    const known = KNOWN.find((one) => one === code);
    if (!known) return reason;
    return t(`rowFault.${known}`, {
      label: String(fields.label ?? ""),
      choices: String(fields.choices ?? ""),
      most: Number(fields.most ?? 0),
      other: String(fields.other ?? ""),
      country: countryName(fields.region, locale),
    });
  };
}
