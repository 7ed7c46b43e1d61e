import { useTranslation } from "react-i18next";
import type { ScriptFault } from "@/api/model";
import { useEndingWords } from "@/parts/ending-words";
import { useScriptFaultWords } from "@/parts/script-fault-words";
import { ANYWHERE, type NodeKind } from "../script/content";
import { wayAt, waysFrom } from "../script/ways";
import { useDesk } from "../state/DesignContext";
import { meaningLabel } from "./condition-words";
import { useWayWords } from "./way-words";

/** What is wrong and what to do, with ways, intents, kinds and reasons called as the drawing calls them. */
export function useFaultWords(): (fault: ScriptFault) => { what: string; remedy: string } {
  const { t } = useTranslation();
  const { content } = useDesk();
  const wayWords = useWayWords(content);
  const ending = useEndingWords();
  const words = useScriptFaultWords();
  const wayOf = ({ node, field, values }: ScriptFault): string => {
    const source = node ?? ANYWHERE;
    const found = waysFrom(content, source).find(({ id }) => id === wayAt(field ?? values.way ?? ""));
    return found ? wayWords(found, content.nodes[source] ?? null) : (values.way ?? "");
  };
  const meant = (name = "") => meaningLabel(content, name);
  return (fault) => {
    const { rule, values } = fault;
    const named: Record<string, string> = values.way ? { ...values, way: wayOf(fault) } : { ...values };
    if (rule === "missing-branch")
      Object.assign(named, { there: meant(values.there), missing: meant(values.missing) });
    if (rule === "unknown-intent" || rule === "no-examples" || rule === "no-answer")
      named.name = meant(values.name);
    if (rule === "not-available") named.kind = t(`designer.kind.${values.kind as NodeKind}`);
    if (rule === "unknown-reason") named.name = ending(values.name ?? "");
    return words({ ...fault, values: named });
  };
}
