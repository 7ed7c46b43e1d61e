import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { whenLost } from "@/api/lost";
import type { Move, NewMove, Task } from "@/api/model";
import { newKey } from "@/api/new-key";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useProblemWords } from "@/parts/problem-words";

/** Puts what is known of a move by now among the task's moves, and has them asked for again. */
export function useKeepMove(task: Task) {
  const client = useQueryClient();
  const { queryKey } = queries.moves(task.id);
  return (move: Move) => {
    client.setQueryData<Move[]>(queryKey, (moves = []) => [
      move,
      ...moves.filter(({ id }) => id !== move.id),
    ]);
    void client.invalidateQueries({ queryKey });
  };
}

/** Asks for a move under one key, so that it is done once though the answer were lost and it were sent again. */
export function useMove(task: Task, onAsked: () => void) {
  const keep = useKeepMove(task);
  const words = useProblemWords();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: ({ body, key }: { body: NewMove; key: string }) => requests.moveCustomers(task.id, body, key),
    retry: whenLost,
    onSuccess: (move) => {
      keep(move);
      onAsked();
    },
    onError: (error) => message.error(words(error).what),
  });
}

export const asked = (body: NewMove): { body: NewMove; key: string } => ({ body, key: newKey() });
