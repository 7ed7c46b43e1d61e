import type { BriefParts } from "../designer/script/content";
import { useDesk } from "../designer/state/DesignContext";

/** What only a brief has, and changing it; changes of one `key` in quick succession are undone together. */
export function useBrief() {
  const { content, edit } = useDesk();
  if (!content.brief) throw new Error("used over a script that is no brief");
  const put = (part: Partial<BriefParts>, key?: string) =>
    edit((old) => (old.brief ? { ...old, brief: { ...old.brief, ...part } } : old), key && `brief.${key}`);
  return { brief: content.brief, put };
}
