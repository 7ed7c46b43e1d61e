import type { ScriptLabels } from "@/api/model";
import { readable } from "@/parts/readable";

/** What the script calls an intent or a question; without a label its own name made readable. */
export const intentLabel = (labels: ScriptLabels, name: string): string =>
  labels.intents[name] ?? readable(name);

/** What the script calls a value; without a label its own name made readable. */
export const variableLabel = (labels: ScriptLabels, name: string): string =>
  labels.variables[name] ?? readable(name);
