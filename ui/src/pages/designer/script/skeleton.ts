import type { Content, ScriptLanguage } from "./content";
import english from "./starter.en.json";
import chinese from "./starter.zh.json";

const STARTERS = { en: english as unknown as Content, zh: chinese as unknown as Content };

/**
 * What a script begins with: it says who calls, asks one thing, and takes a yes, a no, and what people answer to any
 * call: another time, the wrong person, goodbye, no more calls. It passes the crowd that a script has to pass.
 */
export function skeleton(language: ScriptLanguage, name: string, company: string): Content {
  return { ...structuredClone(STARTERS[language]), name, company };
}
