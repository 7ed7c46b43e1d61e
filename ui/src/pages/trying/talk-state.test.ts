import { expect, test } from "vitest";
import { after, START } from "./talk-state";

const PREPARING = after(after(START, { type: "stage", stage: "asking" }), {
  type: "stage",
  stage: "preparing",
});

test("who hangs up before the talk began is told so, whatever comes in behind it", () => {
  const left = after(PREPARING, { type: "left" });
  expect(left).toMatchObject({ stage: "over", ended: null, failure: null });
  expect(after(left, { type: "closed", code: 1005 })).toBe(left);
  expect(after(left, { type: "answered" })).toBe(left);
});

test("who hangs up during the talk waits for how it ended", () => {
  const talking = after(PREPARING, { type: "answered" });
  expect(after(talking, { type: "left" }).stage).toBe("talking");
});

test("a connection that is lost is told as such", () => {
  const lost = after(PREPARING, { type: "closed", code: 1006 });
  expect(lost).toMatchObject({ stage: "failed", failure: { kind: "lost" } });
});
