import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  BookFilter,
  CallFilter,
  ChosenCustomers,
  CrowdFilter,
  CustomerFilter,
  DryRun,
  ExportFilter,
  ImportFilter,
  LineFilter,
  ListedFilter,
  NumberList,
  ScriptFilter,
  TaskFilter,
} from "./model";
import { requests } from "./requests";

const LOOK_EVERY_MS = 1000;
const HOURS_EVERY_MS = 60_000;

/** Whether a worker is still at it. */
export const isUnderWay = (run: { state: string } | undefined): boolean =>
  run?.state === "waiting" || run?.state === "running";

/** Whether customers are being moved, or put back. */
export const isMoving = (move: { state: string }): boolean => isUnderWay(move) || move.state === "undoing";

/** What is asked of the server, each with the key under which the answer is kept. */
export const queries = {
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => requests.me(signal), retry: false }),

  /** What the operator has set up: changes only when the server is started again. */
  features: () =>
    queryOptions({
      queryKey: ["features"],
      queryFn: ({ signal }) => requests.features(signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),

  tasks: (filter: TaskFilter) =>
    queryOptions({
      queryKey: ["tasks", filter],
      queryFn: ({ signal }) => requests.tasks(filter, signal),
      placeholderData: keepPreviousData,
    }),
  task: (id: string) =>
    queryOptions({ queryKey: ["task", id], queryFn: ({ signal }) => requests.task(id, signal) }),
  /** Asked anew when its drawer is opened again; one that a job worker makes is looked at until it is over. */
  dryRun: (id: string) =>
    queryOptions({
      queryKey: ["dry-run", id],
      queryFn: ({ signal, client, queryKey }) =>
        isUnderWay(client.getQueryData<DryRun>(queryKey))
          ? requests.dryRun(id, signal)
          : requests.askDryRun(id, signal),
      refetchInterval: ({ state }) => (isUnderWay(state.data) ? LOOK_EVERY_MS : false),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      retry: false,
    }),
  comparison: (id: string, good: string[]) =>
    queryOptions({
      queryKey: ["comparison", id, good],
      queryFn: ({ signal }) => requests.comparison(id, good, signal),
      placeholderData: keepPreviousData,
    }),
  customers: (id: string, filter: CustomerFilter) =>
    queryOptions({
      queryKey: ["customers", id, filter],
      queryFn: ({ signal }) => requests.customers(id, filter, signal),
      placeholderData: keepPreviousData,
    }),

  /** How many a choice means; asked anew each time, as calls go on. */
  meantCustomers: (id: string, chosen: ChosenCustomers) =>
    queryOptions({
      queryKey: ["customers", id, "meant", chosen],
      queryFn: ({ signal }) => requests.meantCustomers(id, chosen, signal),
      placeholderData: keepPreviousData,
    }),
  destinations: (id: string, chosen: ChosenCustomers, name: string) =>
    queryOptions({
      queryKey: ["destinations", id, chosen, name],
      queryFn: ({ signal }) => requests.destinations(id, chosen, name, signal),
      placeholderData: keepPreviousData,
      gcTime: 0,
    }),
  taskHours: (id: string, running: boolean) =>
    queryOptions({
      queryKey: ["task-hours", id],
      queryFn: ({ signal }) => requests.taskHours(id, signal),
      refetchInterval: running && HOURS_EVERY_MS,
    }),
  moves: (id: string) =>
    queryOptions({
      queryKey: ["moves", id],
      queryFn: ({ signal }) => requests.moves(id, signal),
      refetchInterval: ({ state }) => (state.data?.some(isMoving) ? LOOK_EVERY_MS : false),
    }),
  customerHistory: (id: string, customerId: string) =>
    queryOptions({
      queryKey: ["customers", id, "history", customerId],
      queryFn: ({ signal }) => requests.customerHistory(id, customerId, signal),
    }),
  taskChoices: (seats: number) =>
    queryOptions({
      queryKey: ["task-choices", seats],
      queryFn: ({ signal }) => requests.taskChoices(seats, signal),
      placeholderData: keepPreviousData,
    }),
  callingSettings: () =>
    queryOptions({
      queryKey: ["calling-settings"],
      queryFn: ({ signal }) => requests.callingSettings(signal),
    }),

  calls: (taskId: string | null, filter: CallFilter) =>
    queryOptions({
      queryKey: ["calls", taskId ?? "all", filter],
      queryFn: ({ signal }) => requests.calls(taskId, filter, signal),
      placeholderData: keepPreviousData,
    }),
  call: (id: string) =>
    queryOptions({ queryKey: ["call", id], queryFn: ({ signal }) => requests.call(id, signal) }),

  scripts: (filter: ScriptFilter) =>
    queryOptions({
      queryKey: ["scripts", filter],
      queryFn: ({ signal }) => requests.scripts(filter, signal),
      placeholderData: keepPreviousData,
    }),
  script: (id: string) =>
    queryOptions({ queryKey: ["script", id], queryFn: ({ signal }) => requests.script(id, signal) }),

  exports: (filter: ExportFilter) =>
    queryOptions({
      queryKey: ["exports", filter],
      queryFn: ({ signal }) => requests.exports(filter, signal),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_EVERY_MS * 2 : false),
    }),
  export: (id: string) =>
    queryOptions({
      queryKey: ["export", id],
      queryFn: ({ signal }) => requests.export(id, signal),
      refetchInterval: ({ state }) => (isUnderWay(state.data) ? LOOK_EVERY_MS : false),
    }),
  imports: (filter: ImportFilter) =>
    queryOptions({
      queryKey: ["imports", filter],
      queryFn: ({ signal }) => requests.imports(filter, signal),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_EVERY_MS * 2 : false),
    }),
  import: (id: string) =>
    queryOptions({
      queryKey: ["import", id],
      queryFn: ({ signal }) => requests.import(id, signal),
      refetchInterval: ({ state }) => (isUnderWay(state.data) ? LOOK_EVERY_MS : false),
    }),
  importPreview: (id: string) =>
    queryOptions({
      queryKey: ["import-preview", id],
      queryFn: ({ signal }) => requests.importPreview(id, signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  importFaults: (id: string) =>
    queryOptions({
      queryKey: ["import-faults", id],
      queryFn: ({ signal }) => requests.importFaults(id, signal),
    }),

  crowds: (scriptId: string | null, paging: CrowdFilter) =>
    queryOptions({
      queryKey: ["crowds", scriptId ?? "all", paging],
      queryFn: ({ signal }) => requests.crowds(scriptId, paging, signal),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? LOOK_EVERY_MS * 2 : false),
    }),
  crowd: (id: string) =>
    queryOptions({
      queryKey: ["crowd", id],
      queryFn: ({ signal }) => requests.crowd(id, signal),
      refetchInterval: ({ state }) => (isUnderWay(state.data) ? LOOK_EVERY_MS : false),
    }),
  crowdConversations: (id: string, wentWrong: boolean) =>
    queryOptions({
      queryKey: ["crowd-conversations", id, wentWrong],
      queryFn: ({ signal }) => requests.crowdConversations(id, wentWrong, signal),
    }),
  crowdConversation: (id: string, number: number) =>
    queryOptions({
      queryKey: ["crowd-conversation", id, number],
      queryFn: ({ signal }) => requests.crowdConversation(id, number, signal),
    }),
  crowdComparison: (id: string, earlierId: string) =>
    queryOptions({
      queryKey: ["crowd-comparison", id, earlierId],
      queryFn: ({ signal }) => requests.compareCrowds(id, earlierId, signal),
    }),
  scriptVersion: (id: string, number: number) =>
    queryOptions({
      queryKey: ["script-version", id, number],
      queryFn: ({ signal }) => requests.scriptVersion(id, number, signal),
    }),

  lines: (filter: LineFilter) =>
    queryOptions({
      queryKey: ["lines", filter],
      queryFn: ({ signal }) => requests.lines(filter, signal),
      placeholderData: keepPreviousData,
    }),
  listed: (list: NumberList, filter: ListedFilter) =>
    queryOptions({
      queryKey: ["listed", list, filter],
      queryFn: ({ signal }) => requests.listed(list, filter, signal),
      placeholderData: keepPreviousData,
    }),
  book: (filter: BookFilter) =>
    queryOptions({
      queryKey: ["book", filter],
      queryFn: ({ signal }) => requests.book(filter, signal),
      placeholderData: keepPreviousData,
    }),
  bookChoices: () =>
    queryOptions({
      queryKey: ["book-choices"],
      queryFn: ({ signal }) => requests.bookChoices(signal),
    }),
  card: (id: string) =>
    queryOptions({ queryKey: ["card", id], queryFn: ({ signal }) => requests.card(id, signal) }),
  listedOne: (list: NumberList, id: string) =>
    queryOptions({
      queryKey: ["listed-one", list, id],
      queryFn: ({ signal }) => requests.listedOne(list, id, signal),
    }),
  testCall: (lineId: string) =>
    queryOptions({
      queryKey: ["test-call", lineId],
      queryFn: ({ signal }) => requests.testCall(lineId, signal),
    }),
  ringing: (scriptId: string) =>
    queryOptions({
      queryKey: ["ringing", scriptId],
      queryFn: ({ signal }) => requests.ringing(scriptId, signal),
    }),
  trial: (trialId: string) =>
    queryOptions({
      queryKey: ["trial", trialId],
      queryFn: ({ signal }) => requests.trial(trialId, signal),
    }),
  aiSeats: () => queryOptions({ queryKey: ["ai-seats"], queryFn: ({ signal }) => requests.aiSeats(signal) }),
};
