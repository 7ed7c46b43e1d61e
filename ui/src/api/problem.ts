import type { FieldFault, ProblemBody } from "./model";

/** Errors as the server states them (RFC 9457), and the few that arise before it is reached. */

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly faults: FieldFault[];
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody) {
    super(body.detail ?? body.title ?? body.code ?? String(status));
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? (status === 0 ? "unreachable" : "unknown");
    this.title = body.title ?? "";
    this.faults = body.errors ?? [];
    this.body = body;
  }
}

/** No answer at all: the server is away, or the network between. */
export const unreachable = (): Problem => new Problem(0, { code: "unreachable" });

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(0, { code: "unknown", detail: String(error) });

export async function problemOf(response: Response): Promise<Problem> {
  let body: ProblemBody = {};
  try {
    body = (await response.json()) as ProblemBody;
  } catch {
    body = { title: response.statusText };
  }
  return new Problem(response.status, body);
}
