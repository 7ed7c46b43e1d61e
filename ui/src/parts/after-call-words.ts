import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { TaskPush } from "@/api/chats";
import { chatQueries } from "@/api/chats";
import { useMay } from "@/app/session";
import { useSendsNothing } from "@/parts/SendsNothing";
import { useLocale } from "@/parts/useLocale";

export interface AfterCall {
  /** The message that follows calls of these grades. */
  message: { name: string; grades: readonly string[] } | null;
  push: Pick<TaskPush, "how" | "assigns" | "pushers"> | null;
}

/** The grades of which the same people are told, beside those people. */
export function tellings(pushers: TaskPush["pushers"]): { people: string[]; grades: string[] }[] {
  const found = new Map<string, { people: string[]; grades: string[] }>();
  for (const [grade, people] of Object.entries(pushers).sort(([one], [other]) => one.localeCompare(other))) {
    if (!people || people.length === 0) continue;
    const key = [...people].sort().join();
    const telling = found.get(key) ?? { people, grades: [] };
    telling.grades.push(grade);
    found.set(key, telling);
  }
  return [...found.values()];
}

/** What follows a task's calls, in sentences: its message, and who is told in chats. */
export function useAfterCallWords(): (after: AfterCall) => string[] {
  const { t } = useTranslation();
  const list = new Intl.ListFormat(useLocale(), { type: "conjunction" });
  const { data = [] } = useQuery({ ...chatQueries.pushers(), enabled: useMay("change_tasks") });
  const sendsNothing = useSendsNothing();
  /** By name where those are known to the reader, else how many. */
  const who = (ids: readonly string[]): string => {
    const names = ids.flatMap((id) => data.find((one) => one.id === id)?.name ?? []);
    return names.length === ids.length ? list.format(names) : t("afterCall.people", { count: ids.length });
  };
  return ({ message, push }) => {
    const followed =
      message && message.grades.length > 0
        ? [
            t("afterCall.message", { grades: list.format(message.grades), template: message.name }),
            ...(sendsNothing ? [t("sendsNothing.note")] : []),
          ]
        : [];
    const way = push?.how === "in_turn" ? (push.assigns ? "assigned" : "in_turn") : "all";
    const told = tellings(push?.pushers ?? {}).map(({ people, grades }) =>
      t(`afterCall.${way}`, { count: people.length, people: who(people), grades: list.format(grades) }),
    );
    return [...followed, ...told];
  };
}
