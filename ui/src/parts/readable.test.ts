import { expect, it } from "vitest";
import { readable, readableLabel } from "./readable";

it("makes words of a name", () => {
  expect(readable("is_robot")).toBe("is robot");
  expect(readableLabel("last_visit")).toBe("Last visit");
  expect(readableLabel("上次就诊")).toBe("上次就诊");
  expect(readableLabel("")).toBe("");
});
