import { backoffMs } from "@/api/backoff";
import { asProblem, type Problem, unreachable } from "@/api/problem";

/**
 * Keeps a draft: at once in this browser, a moment later on the server, again and again while that is away.
 * Saves one at a time, each upon the revision that the last one gave.
 */

export type SaveState =
  | { kind: "saved" }
  | { kind: "waiting" }
  | { kind: "saving" }
  /** The server can't be reached: kept here, tried again by itself. */
  | { kind: "offline" }
  /** The server takes it only once something of it is mended: kept here until then. */
  | { kind: "refused"; problem: Problem }
  /** Somebody else has changed the script: kept here until its person has chosen. */
  | { kind: "overtaken"; problem: Problem };

interface Doors<T> {
  put: (content: T, revision: number) => Promise<{ revision: number }>;
  /** Keeps it in this browser, with the revision it was made upon. */
  keep: (content: T, revision: number) => void;
  forget: () => void;
  chance?: () => number;
}

const SETTLE_MS = 900;

export class Saver<T> {
  private state: SaveState = { kind: "saved" };
  private latest: T;
  private kept: T | null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private sending: Promise<void> | null = null;
  private ended = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    content: T,
    private revisionSeen: number,
    private readonly doors: Doors<T>,
  ) {
    this.latest = content;
    this.kept = content;
  }

  get revision(): number {
    return this.revisionSeen;
  }

  /** Whether everything stands on the server. */
  get isClean(): boolean {
    return this.latest === this.kept;
  }

  readonly now = (): SaveState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes what the draft says now. */
  change(content: T): void {
    if (content === this.latest) return;
    this.latest = content;
    if (this.isClean) {
      this.settled();
      return;
    }
    this.doors.keep(content, this.revisionSeen);
    if (this.state.kind === "overtaken") return;
    if (!this.sending) this.show({ kind: "waiting" });
    this.later(SETTLE_MS);
  }

  /** Tries at once: the network is back, or its person asks for it. Tells whether everything is on the server then. */
  async flush(): Promise<boolean> {
    if (this.sending) await this.sending;
    if (!this.isClean && this.state.kind !== "overtaken") {
      clearTimeout(this.timer);
      await this.save();
    }
    return this.isClean;
  }

  /** The same, before something that needs it there. Rejects with the reason why it isn't. */
  async settle(): Promise<void> {
    if (await this.flush()) return;
    throw "problem" in this.state ? this.state.problem : unreachable();
  }

  /** Goes on upon another revision, whose content is known to be `content`. */
  rebase(content: T, revision: number): void {
    clearTimeout(this.timer);
    this.latest = content;
    this.kept = content;
    this.revisionSeen = revision;
    this.settled();
  }

  /** The server has made a change of its own upon what was saved; the same change follows here. */
  follow(revision: number): void {
    this.revisionSeen = revision;
    // What was saved here is no longer what the server has: to come back to it is a change, too.
    this.kept = null;
  }

  end(): void {
    this.ended = true;
    clearTimeout(this.timer);
    this.listeners.clear();
  }

  private settled(): void {
    clearTimeout(this.timer);
    this.failures = 0;
    this.doors.forget();
    this.show({ kind: "saved" });
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), ms);
  }

  private save(): Promise<void> {
    if (this.ended) return Promise.resolve();
    this.sending ??= this.send().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  private async send(): Promise<void> {
    const sent = this.latest;
    this.show({ kind: "saving" });
    try {
      const { revision } = await this.doors.put(sent, this.revisionSeen);
      this.revisionSeen = revision;
      this.kept = sent;
      this.failures = 0;
      this.afterSaving();
    } catch (error) {
      this.afterFailing(asProblem(error), sent);
    }
  }

  private afterSaving(): void {
    if (this.ended) return;
    if (this.isClean) this.settled();
    else {
      this.doors.keep(this.latest, this.revisionSeen);
      this.show({ kind: "waiting" });
      this.later(SETTLE_MS);
    }
  }

  private afterFailing(problem: Problem, sent: T): void {
    if (this.ended) return;
    if (problem.status === 0 || problem.status >= 500 || problem.status === 429) {
      this.failures += 1;
      this.show({ kind: "offline" });
      this.later(backoffMs(this.failures, (this.doors.chance ?? Math.random)()));
      return;
    }
    if (problem.code === "stale-revision") {
      this.show({ kind: "overtaken", problem });
      return;
    }
    this.show({ kind: "refused", problem });
    if (this.latest !== sent) this.later(SETTLE_MS);
  }

  private show(state: SaveState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
