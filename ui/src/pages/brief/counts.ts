import type { BriefSection } from "../designer/script/brief";
import type { Content } from "../designer/script/content";

/** How much there is in each section that is a list. */
export function countsOf(content: Content): Partial<Record<BriefSection, number>> {
  const { brief, intents, knowledge = {}, collect = {}, grades } = content;
  if (!brief) return {};
  return {
    facts: brief.facts?.length ?? 0,
    rails: (brief.guard_rails?.length ?? 0) + (brief.never_say?.length ?? 0),
    collect: Object.keys(collect).length,
    messages: Object.keys(brief.messages ?? {}).length,
    knowledge: Object.keys(knowledge).length,
    ways: Object.keys(intents).length,
    goodbyes: Object.keys(brief.goodbyes).length,
    grades: Object.keys(grades.names).length,
  };
}
