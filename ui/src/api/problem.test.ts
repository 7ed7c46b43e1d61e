import { expect, it } from "vitest";
import { asProblem, problemOf, unreachable } from "./problem";

it("keeps what a problem document says", async () => {
  const body = {
    code: "task-empty",
    title: "Conflict",
    detail: "No customers.",
    errors: [{ where: "x", message: "y" }],
  };
  const problem = await problemOf(new Response(JSON.stringify(body), { status: 409 }));
  expect(problem).toMatchObject({
    status: 409,
    code: "task-empty",
    message: "No customers.",
    faults: body.errors,
  });
});

it("makes a problem of an answer that is no document", async () => {
  const problem = await problemOf(
    new Response("<h1>Bad gateway</h1>", { status: 502, statusText: "Bad Gateway" }),
  );
  expect(problem).toMatchObject({ status: 502, code: "unknown", faults: [] });
});

it("tells no answer apart from an unexpected error", () => {
  expect(unreachable()).toMatchObject({ status: 0, code: "unreachable" });
  expect(asProblem(new TypeError("boom"))).toMatchObject({ status: 0, code: "unknown" });
});
