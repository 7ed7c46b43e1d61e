import { describe, expect, it } from "vitest";
import { verdictOf } from "./verdict";

const none = {
  rows: 3,
  failed: 0,
  imported: 0,
  updated: 0,
  changed_in_task: 0,
  too_late: 0,
  already_in_task: 0,
};

describe("what an import comes to", () => {
  it("is that the file said nothing new only where it changed nobody, in the task or in the book", () => {
    expect(verdictOf({ ...none, already_in_task: 3 })).toBe("nothingNew");
    expect(verdictOf({ ...none, already_in_task: 2, changed_in_task: 1 })).toBe("allTaken");
    expect(verdictOf({ ...none, already_in_task: 2, updated: 1 })).toBe("allTaken");
  });

  it("is that somebody was called before, unless rows are to be mended", () => {
    expect(verdictOf({ ...none, updated: 3, changed_in_task: 2, too_late: 1 })).toBe("tooLate");
    expect(verdictOf({ ...none, too_late: 2, failed: 1 })).toBe("someFailed");
    expect(verdictOf({ ...none, failed: 3 })).toBe("allFailed");
  });
});
