import { Input } from "antd";
import { useEffect, useState } from "react";
import { Field } from "../panel/Field";

const LONGEST = 200;
const MOST = 200;

/** The sentences of a text, one a line, none of them twice. */
export const sentencesIn = (text: string): string[] =>
  [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim().slice(0, LONGEST))
        .filter(Boolean),
    ),
  ].slice(0, MOST);

interface Props {
  label: string;
  hint?: string;
  /** What is said where there is no sentence. */
  missing: string;
  value: readonly string[];
  onChange: (sentences: string[]) => void;
  rows?: number;
  placeholder?: string;
  autoFocus?: boolean;
}

/** Sentences, one a line: a whole list can be pasted. An empty list is never taken. */
export function LinesField(props: Props) {
  const { label, hint, missing, value, onChange, rows = 10, placeholder, autoFocus } = props;
  const [text, setText] = useState(value.join("\n"));
  useEffect(() => {
    setText((typed) => (sentencesIn(typed).join("\n") === value.join("\n") ? typed : value.join("\n")));
  }, [value]);
  const empty = sentencesIn(text).length === 0;
  return (
    <Field
      label={label}
      hint={hint}
      error={empty ? missing : null}
      extra={<span className="quiet number">{sentencesIn(text).length}</span>}
    >
      {(id) => (
        <Input.TextArea
          id={id}
          value={text}
          placeholder={placeholder}
          autoFocus={autoFocus}
          autoSize={{ minRows: Math.min(rows, 6), maxRows: rows }}
          status={empty ? "error" : ""}
          onChange={(event) => {
            setText(event.target.value);
            const sentences = sentencesIn(event.target.value);
            if (sentences.length > 0) onChange(sentences);
          }}
        />
      )}
    </Field>
  );
}
