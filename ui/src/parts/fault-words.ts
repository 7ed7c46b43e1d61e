import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";

/** Refusals that people meet, each with the form field it concerns, if one. */
const FIELDS = {
  "customer-in-task": "phone",
  internal: null,
  "invalid-phone-number": "phone",
  "line-name-taken": "name",
  "line-password-missing": "password",
  "line-username-missing": "username",
  "nothing-to-publish": null,
  "script-being-made": null,
  "script-not-published": "script_id",
  "spreadsheet-too-large": null,
  "task-concurrency": "concurrency",
  "task-name": "name",
  "task-name-taken": "name",
  "task-state": null,
  "too-large": null,
  "too-many-sign-ins": null,
  "wrong-credentials": null,
} as const;

type Known = Exclude<keyof typeof FIELDS, "invalid-phone-number">;

const isKnown = (code: string): code is Known => code in FIELDS && code !== "invalid-phone-number";

/** The form field that a refusal concerns by its code; what is wrong with a value names its field itself. */
export const fieldOf = (code: string): string | null =>
  code in FIELDS ? FIELDS[code as keyof typeof FIELDS] : null;

/** A refusal in the reader's language; in the server's own words where this page has none. */
export function useFaultWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const problem = asProblem(error);
    if (!isKnown(problem.code)) return problem.message;
    const { asked, most } = problem.body as { asked?: number; most?: number };
    return t(`fault.${problem.code}`, { asked, most });
  };
}
