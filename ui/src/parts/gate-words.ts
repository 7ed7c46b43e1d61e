import { useTranslation } from "react-i18next";
import type { Attempt } from "@/api/model";

const REASONS = [
  "unknown_zone",
  "holiday",
  "day_off",
  "before_hours",
  "after_hours",
  "no_dial_period",
] as const;
const SPANS = ["minute", "hour", "day", "week", "month"] as const;

type GateWord = NonNullable<Attempt["gate"]>;

/** The rule by which the gate let a call through, held or denied it, in words. */
export function useGateWords(): (gate: GateWord) => string {
  const { t } = useTranslation();
  return ({ rule, detail }) => {
    const reason = REASONS.find((one) => one === detail.reason);
    const span = SPANS.find((one) => one === detail.within);
    return t(`gateRule.${rule}`, {
      reason: reason ? t(`wait.${reason}`) : "",
      count: Number(detail.most ?? detail.hours ?? 0),
      span: span ? t(`span.${span}`) : "",
    });
  };
}
