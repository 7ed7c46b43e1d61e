import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** One filter that remembers itself in the address. Changing it starts again at the list's first page. */
export function useAddressFilter(name: string): [string, (value: string | null | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (value: string | null | undefined) =>
      setSearch(
        (old) => {
          const next = new URLSearchParams(old);
          if (value) next.set(name, value);
          else next.delete(name);
          next.delete("after");
          return next;
        },
        { replace: true },
      ),
    [name, setSearch],
  );
  return [search.get(name) ?? "", change];
}
