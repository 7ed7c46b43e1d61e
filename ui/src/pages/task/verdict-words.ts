import { useTranslation } from "react-i18next";
import type { ArmDifference, Comparison } from "@/api/model";
import { letterOf } from "@/parts/letter";
import { useLocale } from "@/parts/useLocale";

/** The bounds of a difference as people say them: of "fewer", the smaller number first and without a sign. */
export function boundsOf({ interval, verdict, measure }: ArmDifference): [number, number] {
  const unit = measure === "talk" ? 1 : 100;
  const low = (interval?.low ?? 0) * unit;
  const high = (interval?.high ?? 0) * unit;
  return verdict === "lower" ? [-high, -low] : [low, high];
}

/** What may be said of the versions: of grades always, of the rest where a difference is real. */
export function useVerdictWords(): (found: Comparison) => string[] {
  const { t } = useTranslation();
  const locale = useLocale();
  const number = (value: number) => value.toLocaleString(locale, { maximumFractionDigits: 1 });
  return ({ arms, differences }) =>
    differences.flatMap((one) => {
      const { measure, verdict } = one;
      const [low, high] = boundsOf(one).map(number);
      const worded = (place: number) => {
        const value = arms[place]?.measures[measure]?.value ?? 0;
        return measure === "talk"
          ? t("compared.length", { value: number(value) })
          : t("compared.share", { share: number(value * 100) });
      };
      const arm = letterOf(one.arm);
      if (verdict === "higher" || verdict === "lower") {
        const told = `${measure}-${verdict}` as const;
        return [
          t(`comparedVerdict.${told}`, {
            arm,
            low,
            high,
            value: worded(one.arm),
            first: worded(0),
          }),
        ];
      }
      return measure === "grade" ? [t(`comparedNothing.${verdict}`, { arm, first: "A", low, high })] : [];
    });
}
