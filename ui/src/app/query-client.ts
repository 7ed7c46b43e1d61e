import { QueryCache, QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";

const RETRIES = 2;

/** Ask again only where the same question may get another answer: no network, or the server stumbled. */
function worthAsking(failures: number, error: unknown): boolean {
  const { status } = asProblem(error);
  return failures < RETRIES && (status === 0 || status >= 500);
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      const signedOut = asProblem(error).code === "sign-in-required";
      if (signedOut && query.queryKey[0] !== "me") queryClient.resetQueries({ queryKey: ["me"] });
    },
  }),
  defaultOptions: {
    queries: { staleTime: 5_000, retry: worthAsking, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
