import { given } from "@/api/requests";
import { PHONE_STATES } from "@/parts/PhoneStateLabel";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { useNow } from "@/parts/useNow";
import { DUES, dueSpan } from "./due";
import { ownerOf, useWhose } from "./useWhose";

export const ORDERS = ["newest", "name", "called", "follow_up"] as const;

/** Which follow-ups the address asks for, as moments: on a page left open, others as time goes by. */
function useDue() {
  const [due] = useAddressChoice("due", DUES);
  const now = useNow();
  return { due, span: due ? dueSpan(due, new Date(now)) : {} };
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
  const { due, span } = useDue();
  const asked = { text, category, tag, phone_state, grade, field, ...span };
  const any = Object.values(given(asked)).length > 0 || order === "called" || order === "follow_up";
  const filter = { ...given(asked), ...given({ owner: ownerOf[whose] }) };
  return {
    filter,
    /** Which list it is: with more that is overdue it stays the same. */
    which: JSON.stringify(due === "overdue" ? { ...filter, due_before: due } : filter),
    order: order ?? "newest",
    any,
    whose,
  };
}
