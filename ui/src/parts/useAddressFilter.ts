import { useCallback } from "react";
import { useSearchParams } from "react-router";

/** One filter among known values; anything else in the address counts as none. */
export function useAddressChoice<Choice extends string>(
  name: string,
  choices: readonly Choice[],
): [Choice | null, (value: Choice | null | undefined) => void] {
  const [text, change] = useAddressFilter(name);
  return [choices.find((choice) => choice === text) ?? null, change];
}

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
