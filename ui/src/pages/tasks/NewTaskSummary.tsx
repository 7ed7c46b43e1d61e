import { useQuery } from "@tanstack/react-query";
import { Form, type FormInstance } from "antd";
import { useTranslation } from "react-i18next";
import type { Line, TaskChoices } from "@/api/model";
import { queries } from "@/api/queries";
import { useAfterCallWords } from "@/parts/after-call-words";
import { daysOf, openWords, WEEKDAYS } from "@/parts/hours/hours";
import { useMessageOffer } from "@/parts/message-offer";
import { useLocale } from "@/parts/useLocale";
import styles from "./NewTask.module.css";
import { channelsOf, mostCalls, seatsOf, type Wishes } from "./wishes";

interface Props {
  form: FormInstance<Wishes>;
  choices: TaskChoices;
}

/** The hours in which the task calls, as words of a sentence. */
function useWhenWords(wishes: Partial<Wishes>, choices: TaskChoices): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const all = [choices.calling_hours, ...(wishes.calling_hours ? [wishes.calling_hours] : [])];
  const days = daysOf(all);
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  return t("newTask.when", {
    open: openWords(all) || "–",
    days:
      days.length === WEEKDAYS.length
        ? t("weekday.every")
        : list.format(days.map((day) => t(`weekday.${day}`))),
  });
}

function useWarnings(wishes: Partial<Wishes>, lines: readonly Line[], choices: TaskChoices): string[] {
  const { t } = useTranslation();
  const seats = seatsOf(wishes);
  const channels = channelsOf(wishes, lines, choices);
  const most = mostCalls(wishes, choices);
  const warnings: string[] = [];
  if (seats > choices.seats_total) warnings.push(t("newTask.tooManySeats", { total: choices.seats_total }));
  else if (seats > choices.seats_free)
    warnings.push(t("newTask.seatsWait", { free: choices.seats_free, seats }));
  if (channels !== null && most > channels) warnings.push(t("newTask.tooManyChannels", { channels, most }));
  return warnings;
}

/** What will follow the calls, in sentences. */
function useAfterCall({ hang_up_message: message, push }: Partial<Wishes>): string[] {
  const { usable } = useMessageOffer();
  const template = usable.find(({ id }) => id === message?.template_id);
  const words = useAfterCallWords();
  return words({
    message: template ? { name: template.name, grades: message?.grades ?? [] } : null,
    push: push ? { how: push.how ?? "all", assigns: push.assigns ?? false, pushers: push.pushers } : null,
  });
}

/** What will happen, in a sentence, from what is filled in so far; and what stands against it. */
export function NewTaskSummary({ form, choices }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const wishes = Form.useWatch([], form) ?? {};
  const { script_id, mode, start_mode, lost_limit_percent = 3 } = wishes;
  const { data: script } = useQuery({ ...queries.script(script_id ?? ""), enabled: Boolean(script_id) });
  const lines = useQuery(queries.lines({ limit: 200 })).data?.items ?? [];
  const when = useWhenWords(wishes, choices);
  const warnings = useWarnings(wishes, lines, choices);
  const afterCall = useAfterCall(wishes);
  const chosen = lines.filter(({ id }) => wishes.line_ids?.includes(id));
  const group = choices.policy_groups.find(({ id }) => id === wishes.policy_group_id);
  const way = wishes.outbound === "group" ? group?.name : chosen.map(({ name }) => name).join(", ");
  const seats = seatsOf(wishes);
  if (!script || !way || seats === 0) return <p className="quiet">{t("newTask.summaryWaiting")}</p>;
  const sentences = [
    t(`newTaskStart.${start_mode ?? "manual"}`),
    t("newTask.summary", { count: seats, calls: mostCalls(wishes, choices), way, script: script.name }),
    wishes.arms && wishes.arms.length > 1 ? t("newTask.summaryArms", { arms: wishes.arms.length }) : "",
    when,
    mode === "adaptive" ? t("newTask.summaryLost", { limit: lost_limit_percent.toLocaleString(locale) }) : "",
    mode === "multi" ? t("newTask.summaryHeld") : "",
    ...afterCall,
  ];
  return (
    <div role="status" className={styles.summary}>
      {sentences.filter(Boolean).join(" ")}
      {warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
    </div>
  );
}
