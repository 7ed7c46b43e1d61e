import { useTranslation } from "react-i18next";

const KNOWN = [
  "call.ended",
  "customer.graded",
  "task.state_changed",
  "import.done",
  "warning.raised",
  "warning.cleared",
  "message.state_changed",
  "webhook.test",
] as const;

/** What a kind of event is about, in words; one that this page doesn't know is called by its own name. */
export function useKindWords(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const known = KNOWN.find((one) => one === kind);
    // The key's own dots would be taken for steps into the words.
    return known ? t(`eventKind.${known.replace(".", "_") as "call_ended"}`) : kind;
  };
}
