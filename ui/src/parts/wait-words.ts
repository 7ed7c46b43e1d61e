import { useTranslation } from "react-i18next";
import type { Waiting } from "@/api/model";
import { momentWords } from "./times";
import { useLocale } from "./useLocale";
import { useNow } from "./useNow";

/** Reasons of the calling hours: the task is suspended by itself, and goes on by itself. */
const HOURS: readonly string[] = ["holiday", "day_off", "before_hours", "after_hours", "no_dial_period"];
const LINES = ["unknown", "retired", "expired", "off", "faulty"] as const;

/** Why a running task dials nobody now and until when, in one sentence; nothing while it dials. */
export function useWaitWords(): (waiting: Waiting) => string {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  return ({ reason, until, detail }) => {
    if (!reason) return "";
    const standing = LINES.find((code) => reason === "lines" && code === detail.standing);
    const numbers = { seats: Number(detail.seats ?? 0), free: Number(detail.free ?? 0) };
    const why = standing ? t(`waitLine.${standing}`) : t(`wait.${reason}`, numbers);
    const kind = HOURS.includes(reason) ? "suspended" : "waiting";
    if (!until) return t(`waitSentence.${kind}`, { why });
    return t(`waitSentence.${kind}Until`, { why, until: momentWords(until, now, locale) });
  };
}
