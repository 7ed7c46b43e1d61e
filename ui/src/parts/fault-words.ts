import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";

/** Refusals that people meet, each with the form fields that it may concern. */
const FIELDS = {
  "customer-in-task": ["phone"],
  internal: [],
  "invalid-name": ["name"],
  "invalid-phone-number": ["phone", "caller_number", "to"],
  "line-name-taken": ["name"],
  "line-password-missing": ["password"],
  "line-username-missing": ["username"],
  "not-listed": [],
  "nothing-to-publish": [],
  "script-being-made": [],
  "script-not-published": ["script_id"],
  "task-concurrency": ["concurrency"],
  "task-name-taken": ["name"],
  "task-state": [],
  "test-call-barred": ["to"],
  "test-call-too-soon": ["to"],
  "too-large": [],
  "too-many-sign-ins": [],
  "wrong-credentials": [],
} as const satisfies Record<string, readonly string[]>;

type Known = keyof typeof FIELDS;

const isKnown = (code: string): code is Known => Object.hasOwn(FIELDS, code);

/** Which of a form's fields a refusal concerns by its code; what is wrong with a value names its field itself. */
export const fieldOf = (code: string, fields: readonly string[]): string | undefined =>
  isKnown(code) ? FIELDS[code].find((field) => fields.includes(field)) : undefined;

/** A refusal in the reader's language; in the server's own words where this page has none. */
export function useFaultWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const problem = asProblem(error);
    if (!isKnown(problem.code)) return problem.message;
    const { asked, most, seconds } = problem.body as { asked?: number; most?: number; seconds?: number };
    return t(`fault.${problem.code}`, { asked, most, seconds });
  };
}
