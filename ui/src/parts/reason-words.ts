import { useTranslation } from "react-i18next";

const KNOWN = ["all_called", "line_fault", "no_language_model", "script_fault"] as const;

/** Why a task stands where it stands, in words; a code that this page doesn't know is shown as it came. */
export function useReasonWords(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => {
    const code = KNOWN.find((one) => one === reason);
    return code ? t(`reason.${code}`) : reason;
  };
}
