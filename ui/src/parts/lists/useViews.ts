import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useSearchParams } from "react-router";
import {
  type ListColumnChoice,
  type ListName,
  listQueries,
  listRequests,
  type SavedView,
  type ViewDraft,
} from "@/api/lists";
import { addressOf, filtersIn, placeOf, savedIn } from "./address";
import { isSameChoice } from "./columns";

/** The views of a list, the one that the address says was opened, and how they are changed. */
export function useViews(list: ListName, choice: ListColumnChoice, asked: boolean) {
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const place = placeOf(useLocation());
  const saved = savedIn(search);
  const query = useQuery({ ...listQueries.views(list), enabled: asked || saved !== null });
  const { queryKey } = listQueries.views(list);
  const current = query.data?.find(({ id }) => id === saved) ?? null;
  const filters = filtersIn(search);
  const open = (view: SavedView | null) => setSearch((old) => addressOf(old, view));
  const keep = (view: SavedView) => {
    client.setQueryData(queryKey, (views = []) => [view, ...views.filter(({ id }) => id !== view.id)]);
    void client.invalidateQueries({ queryKey });
  };
  const save = useMutation({
    mutationFn: (draft: ViewDraft) => listRequests.saveView({ ...draft, list }),
    onMutate: () => place,
    onSuccess: (view, _, from) => {
      keep(view);
      // Whoever went elsewhere meanwhile is not called back.
      if (from === placeOf(window.location)) open(view);
    },
  });
  const change = useMutation({
    mutationFn: ({ id, ...draft }: ViewDraft & { id: string }) => listRequests.changeView(id, draft),
    onSuccess: keep,
  });
  const remove = useMutation({
    mutationFn: ({ id }: SavedView) => listRequests.removeView(id),
    onSuccess: (_, { id }) => {
      client.setQueryData(queryKey, (views = []) => views.filter((view) => view.id !== id));
      // The filters stay as they are: only that they have a name is over.
      if (savedIn(search) === id)
        setSearch(
          (old) => {
            const next = new URLSearchParams(old);
            next.delete("saved");
            return next;
          },
          { replace: true },
        );
    },
  });
  return {
    query,
    current,
    /** Whether the address names a view that was removed, or is shared no longer. */
    missing: saved !== null && query.isSuccess && current === null,
    /** What the list shows now, as a view would keep it. */
    here: { search: filters, columns: choice },
    changed: current !== null && !(current.search === filters && isSameChoice(current.columns, choice)),
    open,
    save,
    change,
    remove,
  };
}

export type Views = ReturnType<typeof useViews>;
