/** `part` of `whole` in words such as "37%"; a dash where there is nothing to divide. */
export function percent(part: number, whole: number, language: string): string {
  if (whole <= 0) return "–";
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 }).format(part / whole);
}

export const count = (value: number, language: string): string =>
  new Intl.NumberFormat(language).format(value);

/** Millionths of a currency as an amount in it; small prices keep what they have behind the point. */
export const money = (micros: number, currency: string, language: string): string =>
  new Intl.NumberFormat(language, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits: 4,
  }).format(micros / 1_000_000);
