import type { Import } from "@/api/model";

type Counts = Pick<
  Import,
  "rows" | "failed" | "imported" | "updated" | "changed_in_task" | "too_late" | "already_in_task"
>;

/** What the whole of an import comes to. */
export function verdictOf(found: Counts): "allFailed" | "someFailed" | "tooLate" | "nothingNew" | "allTaken" {
  if (found.failed > 0) return found.failed === found.rows ? "allFailed" : "someFailed";
  if (found.too_late > 0) return "tooLate";
  const taken = found.imported + found.updated + found.changed_in_task;
  return taken === 0 && found.already_in_task > 0 ? "nothingNew" : "allTaken";
}
