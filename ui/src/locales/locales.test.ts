import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import en from "./en.json";
import zh from "./zh.json";

const SOURCE = fileURLToPath(new URL("..", import.meta.url));

function keysOf(words: object, prefix = ""): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === "string" ? [prefix + name] : keysOf(value as object, `${prefix}${name}.`),
  );
}

/** Languages have different plural forms; a key is the same in all of them. */
const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, "");

const distinct = (keys: string[]): string[] => [...new Set(keys.map(withoutPlural))].sort();

const sources = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(join(SOURCE, name), "utf8"))
  .join("\n");

const quoted = new Set([...sources.matchAll(/["`]([\w-]+(?:\.[\w-]+)+)["`]/g)].map(([, key = ""]) => key));
/** Keys put together where they are used, such as `phoneState.${state}` or `${of}.opens`: everything before and after the hole. */
const patterns = [...sources.matchAll(/`((?:[\w-]+\.)+|(?=\$\{\w+\}\.))\$\{[^}]+\}([\w.-]*)`/g)].map(
  ([, before = "", after = ""]) => ({
    before,
    after,
  }),
);

const used = (key: string): boolean =>
  quoted.has(key) || patterns.some(({ before, after }) => key.startsWith(before) && key.endsWith(after));

const holes = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).sort();

function textsOf(words: object): Map<string, string> {
  const entries = keysOf(words).map((key): [string, string] => {
    const text = key.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], words);
    return [key, String(text)];
  });
  return new Map(entries);
}

describe("words", () => {
  it("are the same keys in both languages", () => {
    expect(distinct(keysOf(zh))).toEqual(distinct(keysOf(en)));
  });

  it("are all used", () => {
    expect(distinct(keysOf(en)).filter((key) => !used(key))).toEqual([]);
  });

  it("are never empty", () => {
    for (const words of [en, zh])
      expect([...textsOf(words).values()].filter((text) => text.trim() === "")).toEqual([]);
  });

  it("have both English plural forms where they have one", () => {
    const keys = new Set(keysOf(en));
    const alone = [...keys].filter(
      (key) => key.endsWith("_one") && !keys.has(key.replace(/_one$/, "_other")),
    );
    expect(alone).toEqual([]);
  });

  it("speak of no value in Chinese that English does not name", () => {
    const english = textsOf(en);
    for (const [key, text] of textsOf(zh)) {
      const known = new Set(holes(english.get(key) ?? english.get(withoutPlural(key)) ?? ""));
      expect(
        holes(text).filter((name) => !known.has(name)),
        key,
      ).toEqual([]);
    }
  });
});
