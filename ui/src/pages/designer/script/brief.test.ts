import { describe, expect, it } from "vitest";
import { joined } from "../../brief/lines";
import { briefSkeleton } from "../../brief/skeleton";
import { type Brief, onDesk, renameGoodbye, sectionOf, waysToGoodbye, written } from "./brief";
import { tidied } from "./content";
import { renameMeaning, renameVariable } from "./references";

const desk = () => onDesk(briefSkeleton("en", "Service", "Harbour"));

describe("a brief on the desk", () => {
  it.each(["en", "zh"] as const)("is written as it was taken (%s)", (language) => {
    const brief = {
      ...briefSkeleton(language, "Service", "Harbour"),
      limits: { turns: 7 },
      never_say: ["cheapest"],
      speed: 1.2,
    };
    expect(tidied(written(onDesk(brief)))).toEqual(brief);
  });

  it("follows an intent and a goodbye that are renamed", () => {
    const renamed = renameGoodbye(renameMeaning(desk(), "do_not_call", "stop"), "do_not_call", "removed");
    const { anywhere, keys, goodbyes } = written(renamed) as Brief;
    expect([anywhere, keys]).toEqual([{ stop: "removed" }, { "9": "removed" }]);
    expect(goodbyes).not.toHaveProperty("do_not_call");
    expect(waysToGoodbye(renamed, "removed")).toEqual(["stop", "9"]);
  });

  it("follows a variable in its texts, and a value in the rules of the grades", () => {
    const renamed = renameVariable(renameVariable(desk(), "customer_name", "person"), "callback", "day");
    const brief = written(renamed) as Brief;
    expect(brief.opening).toContain("{person}");
    expect(Object.keys(brief.collect ?? {})).toEqual(["day"]);
    expect(brief.grades.rules?.[1]?.when).toEqual({ collected: ["day"] });
  });

  it("leads a fault to where it is mended", () => {
    expect(sectionOf(desk(), "keys.9")).toBe("ways");
    expect(sectionOf(desk(), "", "A colleague calls back at…")).toBe("facts");
    expect(sectionOf(desk(), "")).toBeNull();
  });
});

it("takes a pasted list line by line, without bullets, none twice, no more than there may be", () => {
  expect(joined(["One.", ""], "- One.\n\n2) Two.\r\n• Three.\nFour.", 3)).toEqual(["One.", "Two.", "Three."]);
});
