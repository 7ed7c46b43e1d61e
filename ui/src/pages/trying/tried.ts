import type { GradeReason } from "@/api/model";
import type { PartLabels } from "@/parts/evidence-words";

/** A script that is tried by voice, by whichever page makes it. */
export interface Tried {
  scriptId: string;
  /** What is known of the customer: the variables' values. */
  variables: Record<string, string>;
  /** How many faults stand against it now: with any it can't be heard. */
  faults: number;
  grades: readonly string[];
  /** What the script calls its meanings and values. */
  labels?: PartLabels;
  /** Brings what stands on the screen to the server; rejects with the reason why it isn't there. */
  settle: () => Promise<void>;
}

/** A turn as the panels show it, of a call's transcript or of a talk. */
export interface Said {
  who: "customer" | "ai";
  from_ms: number;
  text: string;
  meaning?: string;
  interrupted: boolean;
}

export interface Graded {
  grade: string;
  label: string;
  reasons: readonly GradeReason[];
}
