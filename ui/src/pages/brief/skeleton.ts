import type { Brief } from "../designer/script/brief";
import type { ScriptLanguage } from "../designer/script/content";
import { skeleton } from "../designer/script/skeleton";

type Own = Pick<
  Brief,
  "opening" | "persona" | "goal" | "facts" | "guard_rails" | "goodbyes" | "phrases" | "collect" | "grades"
>;

const ENGLISH: Own = {
  opening:
    "Hello {customer_name}. This is {caller}, an AI assistant from {company}. This call is recorded; you can say stop at any time. Do you have a minute?",
  persona: "You are friendly, patient and brief.",
  goal: "Find out whether the customer is interested, and when a colleague may call back.",
  facts: ["A colleague calls back at the time that suits the customer."],
  guard_rails: ["Don't talk about other companies."],
  collect: { callback: { label: "when a colleague may call back", what: "moment" } },
  goodbyes: {
    finished: "Thank you. A colleague will be in touch. Goodbye.",
    not_interested: "That's fine. Thank you for your time. Goodbye.",
    do_not_call: "I'm sorry to have disturbed you. We won't call this number again. Goodbye.",
    trouble: "I'm sorry, something is wrong at our end. Goodbye.",
  },
  phrases: {
    silence: "Are you still there?",
    one_moment: "One moment, please.",
    not_mine_to_say: "I'd rather not say anything that I can't confirm.",
  },
  grades: {
    names: { A: "Interested", B: "Talked to us", C: "Not interested", D: "Nobody to call" },
    rules: [
      { grade: "D", because: "Asked not to be called again", when: { ended: ["do_not_call"] } },
      { grade: "A", because: "Said when to call back", when: { collected: ["callback"] } },
      { grade: "C", because: "Wasn't interested", when: { ended: ["not_interested"] } },
      { grade: "B", because: "Decided nothing", when: { turns_at_least: 1 } },
    ],
    default: { grade: "D", because: "Said nothing" },
  },
};

const CHINESE: Own = {
  opening:
    "您好，{customer_name}，我是{company}的智能助手{caller}，本次通话会录音，您随时可以说不用了。请问您现在方便吗？",
  persona: "你友好、有耐心，说话简短。",
  goal: "了解客户是否感兴趣，以及同事什么时候可以回电。",
  facts: ["同事会在客户方便的时间回电。"],
  guard_rails: ["不要谈论其他公司。"],
  collect: { callback: { label: "同事可以回电的时间", what: "moment" } },
  goodbyes: {
    finished: "好的，谢谢您，稍后会有同事与您联系，再见。",
    not_interested: "好的，打扰您了，祝您生活愉快，再见。",
    do_not_call: "非常抱歉打扰您，我们不会再拨打这个号码，再见。",
    trouble: "不好意思，我们这边出了点问题，再见。",
  },
  phrases: {
    silence: "您好，还在听吗？",
    one_moment: "请稍等。",
    not_mine_to_say: "这个我不能确定，还是不乱说了。",
  },
  grades: {
    names: { A: "有意向", B: "已沟通", C: "无意向", D: "无法联系" },
    rules: [
      { grade: "D", because: "要求不要再打电话", when: { ended: ["do_not_call"] } },
      { grade: "A", because: "说了何时回电", when: { collected: ["callback"] } },
      { grade: "C", because: "没有兴趣", when: { ended: ["not_interested"] } },
      { grade: "B", because: "没有结论", when: { turns_at_least: 1 } },
    ],
    default: { grade: "D", because: "什么也没说" },
  },
};

/** The least that can be published for a language model; what people mean is the same as in a drawn script. */
export function briefSkeleton(language: ScriptLanguage, name: string, company: string): Brief {
  const { caller, variables, intents } = skeleton(language, name, company);
  const { no, do_not_call } = intents;
  return {
    engine: "2.0",
    name,
    language,
    company,
    caller,
    variables,
    ...(language === "zh" ? CHINESE : ENGLISH),
    intents: { ...(no && { no }), ...(do_not_call && { do_not_call }) },
    anywhere: { do_not_call: "do_not_call" },
    keys: { "9": "do_not_call" },
  };
}
