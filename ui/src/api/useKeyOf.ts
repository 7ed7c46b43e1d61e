import { useRef } from "react";
import { newKey } from "./new-key";

const NOTHING = { wish: "", key: "" };

/** The key of a wish: the same wish, sent again because no answer came, is still one; answered, it is forgotten. */
export function useKeyOf<Wish>() {
  const last = useRef(NOTHING);
  return {
    keyOf: (body: Wish): string => {
      const wish = JSON.stringify(body);
      if (last.current.wish !== wish) last.current = { wish, key: newKey() };
      return last.current.key;
    },
    forget: () => {
      last.current = NOTHING;
    },
  };
}
