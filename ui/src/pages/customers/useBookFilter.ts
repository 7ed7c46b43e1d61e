import { useMemo } from "react";
import { given } from "@/api/requests";
import { PHONE_STATES } from "@/parts/PhoneStateLabel";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { useNow } from "@/parts/useNow";
import { DUES, dueSpan } from "./due";
import { ownerOf, useWhose } from "./useWhose";

export const ORDERS = ["newest", "name", "called", "follow_up"] as const;

/** Which follow-ups the address asks for, as moments: reckoned anew when it changes, and when the day does. */
function useDue() {
  const [due] = useAddressChoice("due", DUES);
  const day = new Date(useNow()).toDateString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: on another day "today" is another span
  return useMemo(() => (due ? dueSpan(due, new Date()) : {}), [due, day]);
}

/** Which customers the address asks for, and in what order. */
export function useBookFilter() {
  const [whose] = useWhose();
  const [text] = useAddressFilter("text");
  const [category] = useAddressFilter("category");
  const [tag] = useAddressFilter("tag");
  const [phone_state] = useAddressChoice("phone_state", PHONE_STATES);
  const [grade] = useAddressFilter("grade");
  const [field] = useAddressFilter("field");
  const [order] = useAddressChoice("order", ORDERS);
  const asked = { text, category, tag, phone_state, grade, field, ...useDue() };
  const any = Object.values(given(asked)).length > 0 || order === "called" || order === "follow_up";
  return {
    filter: { ...given(asked), ...given({ owner: ownerOf[whose] }) },
    order: order ?? "newest",
    any,
    whose,
  };
}
