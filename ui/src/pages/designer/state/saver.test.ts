import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "@/api/problem";
import { Saver } from "./saver";

type Put = (content: string, revision: number) => Promise<{ revision: number }>;

function saving(put: Put) {
  const kept: (string | null)[] = [];
  const saver = new Saver<string>("one", 7, {
    put,
    keep: (content, revision) => kept.push(`${content}@${revision}`),
    forget: () => kept.push(null),
    chance: () => 0,
  });
  return { saver, kept };
}

const answered: Put = async (_, revision) => ({ revision: revision + 1 });

describe("saving a draft", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("keeps every change here at once, and sends the last of them upon the revision seen", async () => {
    const put = vi.fn(answered);
    const { saver, kept } = saving(put);
    saver.change("two");
    saver.change("three");
    expect(kept).toEqual(["two@7", "three@7"]);
    expect(saver.now().kind).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1000);
    expect(put.mock.calls).toEqual([["three", 7]]);
    expect(saver.now().kind).toBe("saved");
    expect(kept.at(-1)).toBeNull();
    expect(saver.revision).toBe(8);
  });

  it("sends what it had before the server changed it, once that is wished back", async () => {
    const put = vi.fn(answered);
    const { saver } = saving(put);
    saver.follow(8);
    saver.change("one, and a question");
    saver.change("one");
    await vi.advanceTimersByTimeAsync(1000);
    expect(put.mock.calls).toEqual([["one", 8]]);
    expect(saver.isClean).toBe(true);
  });

  it("sends what was typed while it was sending, upon the new revision, and keeps it here meanwhile", async () => {
    let finish: (answer: { revision: number }) => void = () => undefined;
    const put = vi.fn<Put>(() => new Promise((resolve) => (finish = resolve)));
    const { saver, kept } = saving(put);
    saver.change("two");
    await vi.advanceTimersByTimeAsync(1000);
    saver.change("three");
    await vi.advanceTimersByTimeAsync(1000);
    expect(put).toHaveBeenCalledTimes(1);
    finish({ revision: 8 });
    await vi.advanceTimersByTimeAsync(0);
    expect(kept.at(-1)).toBe("three@8");
    await vi.advanceTimersByTimeAsync(1000);
    expect(put.mock.calls.at(-1)).toEqual(["three", 8]);
  });

  it("tries again by itself while the server is away", async () => {
    const put = vi
      .fn<Put>()
      .mockRejectedValueOnce(new Problem(0, {}))
      .mockRejectedValueOnce(new Problem(503, {}));
    put.mockImplementation(answered);
    const { saver, kept } = saving(put);
    saver.change("two");
    await vi.advanceTimersByTimeAsync(1000);
    expect(saver.now().kind).toBe("offline");
    expect(kept).not.toContain(null);
    await vi.advanceTimersByTimeAsync(5000);
    expect(saver.now().kind).toBe("saved");
    expect(put).toHaveBeenCalledTimes(3);
  });

  it("sends nothing over somebody else's change until its person has chosen", async () => {
    const put = vi.fn<Put>().mockRejectedValue(new Problem(409, { code: "stale-revision" }));
    const { saver, kept } = saving(put);
    saver.change("two");
    await vi.advanceTimersByTimeAsync(1000);
    saver.change("three");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(put).toHaveBeenCalledTimes(1);
    expect(saver.now().kind).toBe("overtaken");
    expect(kept.at(-1)).toBe("three@7");
    saver.rebase("theirs", 12);
    expect([saver.now().kind, saver.revision, kept.at(-1)]).toEqual(["saved", 12, null]);
  });

  it("keeps here what the server refuses, and sends it once it was changed", async () => {
    const put = vi.fn<Put>().mockRejectedValueOnce(new Problem(422, { code: "script-invalid" }));
    put.mockImplementation(answered);
    const { saver, kept } = saving(put);
    saver.change("two");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saver.now().kind).toBe("refused");
    expect(kept).toEqual(["two@7"]);
    saver.change("three");
    await vi.advanceTimersByTimeAsync(1000);
    expect(saver.now().kind).toBe("saved");
  });

  it("waits for what is being sent, and for what was typed meanwhile, before something that needs it there", async () => {
    let finish: (answer: { revision: number }) => void = () => undefined;
    const put = vi.fn<Put>(() => new Promise((resolve) => (finish = resolve)));
    const { saver } = saving(put);
    saver.change("two");
    await vi.advanceTimersByTimeAsync(1000);
    saver.change("three");
    const settled = saver.settle();
    put.mockImplementation(answered);
    finish({ revision: 8 });
    await settled;
    expect(put.mock.calls.at(-1)).toEqual(["three", 8]);
    expect([saver.isClean, saver.revision]).toEqual([true, 9]);
  });

  it("doesn't go on to what needs it there while it isn't", async () => {
    const { saver } = saving(
      vi.fn<Put>().mockRejectedValue(new Problem(503, { code: "database-unavailable" })),
    );
    saver.change("two");
    await expect(saver.settle()).rejects.toMatchObject({ code: "unreachable" });
  });

  it("has nothing to send when a change was taken back", async () => {
    const put = vi.fn(answered);
    const { saver } = saving(put);
    saver.change("two");
    saver.change("one");
    await vi.advanceTimersByTimeAsync(5000);
    expect(put).not.toHaveBeenCalled();
    expect(saver.now().kind).toBe("saved");
  });
});
