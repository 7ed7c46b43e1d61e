import { useTranslation } from "react-i18next";

/** SIP response codes (RFC 3261 section 21) that a seller may meet, each with words of its own. */
const KNOWN = [
  200, 401, 403, 404, 408, 410, 480, 481, 484, 486, 487, 488, 500, 502, 503, 504, 600, 603, 604,
] as const;

/** What the phone network said, in plain words with its code; empty when it said nothing. */
export function useNetworkWords(): (code: number | null, reason: string) => string {
  const { t } = useTranslation();
  return (code, reason) => {
    if (code === null) return reason;
    const known = KNOWN.find((one) => one === code);
    const said = [code, reason].filter(Boolean).join(" ");
    return known
      ? t("network.withCode", { words: t(`network.${known}`), said })
      : t("network.said", { said });
  };
}
