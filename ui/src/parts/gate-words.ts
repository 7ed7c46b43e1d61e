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

export type GateWord = NonNullable<Attempt["gate"]>;

/** A country counts everybody's calls to a number, a company its own. */
function keyOf({ rule, detail }: GateWord) {
  return rule === "calls-to-number" && detail.asked_by === "country" ? "calls-to-number-everybody" : rule;
}

/** The rule by which the gate let a call through, held or denied it, in words. */
export function useGateWords(): (gate: GateWord) => string {
  const { t } = useTranslation();
  return (gate) => {
    const { detail } = gate;
    const reason = REASONS.find((one) => one === detail.reason);
    const span = SPANS.find((one) => one === detail.within);
    return t(`gateRule.${keyOf(gate)}`, {
      reason: reason ? t(`wait.${reason}`) : "",
      count: Number(detail.most ?? detail.hours ?? 0),
      span: span ? t(`span.${span}`) : "",
    });
  };
}
