import { useEffect, useState } from "react";
import { listed, type Wordings } from "../script/content";
import { PromptField } from "./PromptField";

const MOST = 10;

const wordingsIn = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, MOST);

interface Props {
  label: string;
  hint: string;
  placeholder?: string;
  value: Wordings | undefined;
  onChange: (wordings: Wordings | undefined) => void;
}

/** Several ways to say the same, one a line, that are used in turn. */
export function WordingsField({ label, hint, placeholder, value, onChange }: Props) {
  const kept = listed(value).join("\n");
  const [text, setText] = useState(kept);
  useEffect(() => setText((typed) => (wordingsIn(typed).join("\n") === kept ? typed : kept)), [kept]);
  const change = (next: string) => {
    setText(next);
    const wordings = wordingsIn(next);
    onChange(wordings.length > 1 ? wordings : wordings[0]);
  };
  return (
    <PromptField
      label={label}
      hint={hint}
      placeholder={placeholder}
      value={text}
      onChange={change}
      severalLines
    />
  );
}
