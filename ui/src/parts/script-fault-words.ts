import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ScriptFault } from "@/api/model";
import en from "@/locales/en.json";

/** What the words of faults speak of. */
type Value =
  | "because"
  | "company"
  | "grade"
  | "kind"
  | "known"
  | "length"
  | "longest"
  | "loop"
  | "message"
  | "missing"
  | "most"
  | "name"
  | "one"
  | "other"
  | "place"
  | "remedy"
  | "sentence"
  | "sign"
  | "target"
  | "text"
  | "there"
  | "way"
  | "why";

type Rule = keyof typeof en.scriptFault;

const isKnown = (rule: string): rule is Rule => Object.hasOwn(en.scriptFault, rule);

const hasRemedy = (rule: Rule): rule is Exclude<Rule, "unreadable" | "form"> =>
  "remedy" in en.scriptFault[rule];

/** What screens call a way out of a node that the server names by its field, such as `branches, yes`. */
export function wayWords(t: TFunction, way: string): string {
  const [kind, of] = way.split(", ");
  if (!of) return way;
  if (kind === "branches") return t("scriptWay.branch", { of });
  return kind === "keys" ? t("designer.way.key", { key: of }) : way;
}

/** What is wrong with a script and what to do, in the reader's language; in the server's own where this page has none. */
export function useScriptFaultWords(): (fault: ScriptFault) => { what: string; remedy: string } {
  const { t } = useTranslation();
  return ({ rule, values, message, remedy }) => {
    if (!isKnown(rule)) return { what: message, remedy };
    const told = { ...values, ...(values.way ? { way: wayWords(t, values.way) } : {}) } as Record<
      Value,
      string
    >;
    return {
      what: t(`scriptFault.${rule}.what`, told),
      remedy: hasRemedy(rule) ? t(`scriptFault.${rule}.remedy`, told) : "",
    };
  };
}
