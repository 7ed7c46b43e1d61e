import { useTranslation } from "react-i18next";
import type { Content, Node } from "../script/content";
import type { Way } from "../script/ways";
import { meaningLabel, useConditionWords } from "./condition-words";

/** What a way out of a card is called. */
export function useWayWords(content: Content): (way: Way, node: Node | null) => string {
  const { t } = useTranslation();
  const conditionWords = useConditionWords(content);
  return (way, node) => {
    switch (way.kind) {
      case "branch":
        return meaningLabel(content, way.of);
      case "question":
        return t("designer.way.question", { question: meaningLabel(content, way.of) });
      case "key":
        return t("designer.way.key", { key: way.of });
      case "case": {
        const found = node?.kind === "condition" ? node.cases[Number(way.of)] : undefined;
        return found ? conditionWords(found.when) : way.of;
      }
      case "failed":
        return t(node?.kind === "send_sms" ? "designer.sms.failed" : "designer.way.failed");
      case "next":
        return t(node?.kind === "send_sms" ? "designer.sms.next" : "designer.way.next");
      default:
        return t(`designer.way.${way.kind}`);
    }
  };
}
