import type { Content, ScriptLanguage } from "./content";

interface Words {
  caller: string;
  greeting: string;
  question: string;
  glad: string;
  sorry: string;
  removed: string;
  lost: string;
  yes: string[];
  no: string[];
  never: string[];
  repeat: string[];
  labels: { yes: string; no: string; never: string; repeat: string; customer: string };
  example: string;
  phrases: { silence: string; not_understood: string };
  grades: Record<string, string>;
  because: { never: string; yes: string; no: string; none: string };
}

const ENGLISH: Words = {
  caller: "Anna",
  greeting: "Hello {customer_name}. This is {caller}, an AI assistant from {company}. This call is recorded.",
  question: "Do you have a minute? You can say stop at any time.",
  glad: "Thank you. A colleague will be in touch. Goodbye.",
  sorry: "That's fine. Thank you for your time. Goodbye.",
  removed: "I'm sorry to have disturbed you. I've taken your number off our list. Goodbye.",
  lost: "I'm sorry, we'll try another time. Goodbye.",
  yes: [
    "yes",
    "yes please",
    "sure",
    "okay",
    "go ahead",
    "that's fine",
    "yeah of course",
    "all right",
    "why not",
    "I do",
  ],
  no: [
    "no",
    "no thank you",
    "not really",
    "I'm not interested",
    "I don't think so",
    "not today",
    "nope",
    "I'd rather not",
  ],
  never: [
    "don't call me again",
    "take me off your list",
    "stop calling me",
    "remove my number",
    "never call this number again",
    "stop",
  ],
  repeat: [
    "what did you say",
    "can you say that again",
    "sorry, pardon",
    "could you repeat that",
    "I didn't hear you",
  ],
  labels: { yes: "Yes", no: "No", never: "Wants no calls", repeat: "Say it again", customer: "Name" },
  example: "Maria",
  phrases: { silence: "Are you still there?", not_understood: "Sorry, I didn't catch that." },
  grades: { A: "Interested", B: "Talked to us", C: "Not interested", D: "Nobody to call" },
  because: {
    never: "Asked not to be called again",
    yes: "Said yes",
    no: "Said no",
    none: "Decided nothing",
  },
};

const CHINESE: Words = {
  caller: "小安",
  greeting: "您好，{customer_name}，我是{company}的智能助手{caller}，本次通话会录音。",
  question: "请问您现在方便吗？您随时可以说不用了。",
  glad: "好的，谢谢您，稍后会有同事与您联系，再见。",
  sorry: "好的，打扰您了，祝您生活愉快，再见。",
  removed: "非常抱歉打扰您，您的号码已从名单中移除，再见。",
  lost: "不好意思，我们改天再联系您，再见。",
  yes: ["可以", "好的", "方便", "行", "嗯可以", "没问题", "你说吧", "是的", "对", "好啊"],
  no: ["不用了", "不需要", "不方便", "没兴趣", "不要", "算了吧", "不是", "不行"],
  never: ["别再打了", "不要再给我打电话", "把我的号码删掉", "以后别打来了", "再打我就投诉", "不要再联系我"],
  repeat: ["你说什么", "再说一遍", "没听清", "能重复一下吗", "什么意思"],
  labels: { yes: "同意", no: "拒绝", never: "不要再打", repeat: "请重复", customer: "姓名" },
  example: "王女士",
  phrases: { silence: "您好，还在听吗？", not_understood: "不好意思，我没听清。" },
  grades: { A: "有意向", B: "已沟通", C: "无意向", D: "无法联系" },
  because: { never: "要求不要再打电话", yes: "表示同意", no: "表示拒绝", none: "没有结论" },
};

/** The least that can be published: says who calls, asks one thing, takes a yes, a no, and a wish for no more calls. */
export function skeleton(language: ScriptLanguage, name: string, company: string): Content {
  const words = language === "zh" ? CHINESE : ENGLISH;
  return {
    engine: "1.0",
    name,
    language,
    company,
    caller: words.caller,
    entry: "greeting",
    variables: [{ name: "customer_name", label: words.labels.customer, example: words.example }],
    intents: {
      yes: { label: words.labels.yes, examples: words.yes },
      no: { label: words.labels.no, examples: words.no },
      do_not_call: { label: words.labels.never, examples: words.never },
      say_again: { label: words.labels.repeat, examples: words.repeat },
    },
    nodes: {
      greeting: { kind: "say", text: words.greeting, barge_in: false, next: "question" },
      question: {
        kind: "ask",
        text: words.question,
        branches: { yes: "agreed", no: "declined" },
      },
      agreed: { kind: "hang_up", text: words.glad, reason: "agreed" },
      declined: { kind: "hang_up", text: words.sorry, reason: "declined" },
      removed: { kind: "hang_up", text: words.removed, reason: "do_not_call" },
      lost: { kind: "hang_up", text: words.lost },
    },
    anywhere: { branches: { do_not_call: "removed" }, keys: { "9": "removed" }, repeat: ["say_again"] },
    phrases: words.phrases,
    limits: { give_up: "lost" },
    grades: {
      names: words.grades,
      rules: [
        { grade: "D", because: words.because.never, when: { ended: ["do_not_call"] } },
        { grade: "A", because: words.because.yes, when: { reached: ["agreed"] } },
        { grade: "C", because: words.because.no, when: { reached: ["declined"] } },
        { grade: "B", because: words.because.none, when: { turns_at_least: 1 } },
      ],
      default: { grade: "D", because: words.because.none },
    },
  };
}
