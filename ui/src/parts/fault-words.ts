import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";

/** Refusals that people meet, each with the form fields that it may concern. */
const FIELDS = {
  "columns-not-chosen": [],
  "import-key": [],
  "import-state": [],
  "no-such-column": [],
  "too-many-imports": [],
  "crowd-voice": [],
  "different-modes": [],
  "already-published": [],
  "answers-under-way": [],
  "attempt-withdrawn": [],
  "billing-increment": ["billed_first_s"],
  "concurrency-ceiling": ["mode"],
  "concurrency-range": ["concurrency", "seats"],
  "crowd-engine": ["script_id"],
  "crowd-needed": [],
  "crowd-not-done": [],
  "crowd-over": [],
  "crowd-size": ["people"],
  "code-not-keyed-in": ["phone"],
  "customer-in-task": ["phone"],
  "customers-number": ["phone"],
  "different-people": [],
  "dry-run-over": [],
  "hours-never-meet": ["calling_hours"],
  "hours-no-day": ["calling_hours"],
  "hours-order": ["calling_hours"],
  "hours-too-many-holidays": ["calling_hours"],
  "hours-whole-minutes": ["calling_hours"],
  internal: [],
  "invalid-name": ["name"],
  "invalid-phone-number": ["phone", "caller_number", "to"],
  "invalid-seat-pack": ["seats", "expires_at"],
  "ledger-amount": ["amount"],
  "ledger-key": [],
  "line-expiry": ["expires_at"],
  "line-has-history": [],
  "line-in-use": [],
  "line-mobile-channels": ["channels"],
  "line-name-taken": ["name"],
  "line-not-pooled": ["more_numbers"],
  "line-password-missing": ["password"],
  "line-pool-number": ["more_numbers"],
  "line-pool-number-twice": ["more_numbers"],
  "line-retired": ["line_ids", "line_id"],
  "line-ring-time": ["ring_timeout_s"],
  "line-username-missing": ["username"],
  "lost-limit": ["lost_limit_percent"],
  "missing-variable": ["variables"],
  "no-dial-order": ["calling_hours"],
  "no-dial-outside": ["calling_hours"],
  "no-dial-overlap": ["calling_hours"],
  "no-grade": [],
  "model-crowd-allowance": [],
  "model-crowd-under-way": [],
  "no-language-model": [],
  "no-such-meaning": [],
  "not-drawn": [],
  "not-listed": [],
  "nothing-to-publish": [],
  "nul-character": [],
  "only-version": [],
  "policy-group-in-use": [],
  "policy-group-name-taken": ["name"],
  "policy-group-priority": [],
  price: ["price"],
  "recording-length": [],
  "recording-silent": [],
  "recording-unreadable": [],
  "redial-interval": ["redial"],
  "redial-tries": ["redial"],
  "foreign-chat-record": [],
  "too-many-answers": [],
  drawn: [],
  "script-archived": [],
  "script-being-made": [],
  "script-in-use": [],
  "script-invalid": [],
  "script-name-taken": ["name"],
  "script-not-published": ["script_id"],
  "sentence-known": [],
  "speech-language": [],
  "speech-request": [],
  "speech-unsayable": [],
  "speech-voice": [],
  "spending-range": [],
  "stale-revision": [],
  "talk-request": [],
  "too-many-phones": ["phone"],
  "too-many-talks": [],
  "too-many-trials": [],
  "unreadable-talk": [],
  "trial-refused": ["phone"],
  "trial-too-soon": [],
  "trial-under-way": [],
  "task-arm-twice": ["arms"],
  "task-arm-variables": ["arms"],
  "task-concurrency": ["seats", "concurrency", "line_ids"],
  "task-empty": [],
  "task-first-arm": ["arms"],
  "task-hold-time": ["hold_s"],
  "task-line-kind": ["line_ids"],
  "task-lines": ["line_ids", "policy_group_id"],
  "task-name-taken": ["name"],
  "task-nothing-to-settle": [],
  "task-over": [],
  "task-shares": ["arms"],
  "task-split": [],
  "task-state": [],
  "tenant-name-taken": ["name"],
  "test-call-refused": [],
  "test-call-too-soon": ["to"],
  "too-large": [],
  "too-many-recordings": [],
  "too-many-sign-ins": [],
  "unknown-grade": ["grade"],
  "unknown-time-zone": ["time_zone"],
  "version-not-published": ["arms"],
  "version-variables": [],
  "wrong-credentials": [],
} as const satisfies Record<string, readonly string[]>;

type Known = keyof typeof FIELDS;

const isKnown = (code: string): code is Known => Object.hasOwn(FIELDS, code);

/** Where in a form a refusal belongs: where it says itself, if that fits its code, else by its code. */
export function fieldOf(code: string, fields: readonly string[], where = ""): string | undefined {
  if (!isKnown(code)) return undefined;
  const possible: readonly string[] = FIELDS[code];
  const [first = ""] = where.split(".");
  if (possible.includes(first) && fields.includes(first)) return where;
  return possible.find((field) => fields.includes(field));
}

/** A refusal in the reader's language; in the server's own words where this page has none. */
export function useFaultWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const problem = asProblem(error);
    if (!isKnown(problem.code)) return problem.message;
    return t(`fault.${problem.code}`, problem.body);
  };
}
