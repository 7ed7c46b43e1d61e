import { useMessageOffer } from "@/parts/message-offer";
import type { NodeKind } from "../script/content";

/** Why a kind of node can't be added now; empty where it can. */
export function useWhyNotOffered(): (kind: NodeKind) => string {
  const { why } = useMessageOffer();
  return (kind) => (kind === "send_sms" ? why : "");
}
