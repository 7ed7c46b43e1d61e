import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Grid } from "antd";
import { useSearchParams } from "react-router";
import { type ListColumnChoice, type ListName, listQueries, listRequests } from "@/api/lists";
import { useProblemWords } from "../problem-words";
import { choiceIn, withChoice } from "./address";
import { AS_BEFORE, isAsBefore, type ListColumn, type Screens, seenOf, switched } from "./columns";

/** A list of the console and which of its columns are seen. */
export interface List<Row> {
  name: ListName;
  columns: readonly ListColumn<Row>[];
  seen: readonly ListColumn<Row>[];
  choice: ListColumnChoice;
  /** Whether it isn't known yet what the reader chose. */
  pending: boolean;
  turn: (column: ListColumn<Row>, on: boolean) => void;
  /** Back to what the list shows by itself; null where that is seen. */
  reset: (() => void) | null;
  /** Sentences about filters that name what there is no longer. */
  gone: readonly string[];
}

/** What the reader chose for a list, kept at the server: the same in whichever browser they sit. */
function useKeptChoice(name: ListName) {
  const client = useQueryClient();
  const words = useProblemWords();
  const { message } = App.useApp();
  const { queryKey } = listQueries.columns();
  const { data, isPending } = useQuery(listQueries.columns());
  const keeping = useMutation({
    scope: { id: "list-columns" },
    mutationFn: (choice: ListColumnChoice) => listRequests.chooseColumns(name, choice),
    onMutate: async (choice) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (kept) => ({ ...kept, [name]: choice }));
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey });
      message.error(words(error).what);
    },
  });
  return { choice: data?.[name] ?? AS_BEFORE, pending: isPending, keep: keeping.mutate };
}

/** A view and a link say which columns they have; otherwise the reader's own choice holds. */
function useChoice(name: ListName) {
  const [search, setSearch] = useSearchParams();
  const kept = useKeptChoice(name);
  const asked = choiceIn(search);
  if (!asked) return kept;
  const keep = (choice: ListColumnChoice) => setSearch((old) => withChoice(old, choice), { replace: true });
  return { choice: asked, pending: false, keep };
}

/** One of the console's lists, with the columns that its reader chose. */
export function useList<Row>(
  name: ListName,
  columns: readonly ListColumn<Row>[],
  gone: readonly string[] = [],
): List<Row> {
  const screens: Screens = Grid.useBreakpoint();
  const { choice, pending, keep } = useChoice(name);
  return {
    name,
    columns,
    seen: seenOf(columns, choice, screens),
    choice,
    pending,
    turn: (column, on) => keep(switched(choice, column, on, screens)),
    reset: isAsBefore(choice) ? null : () => keep(AS_BEFORE),
    gone,
  };
}
