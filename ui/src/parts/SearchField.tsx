import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useCallback, useEffect, useRef, useState } from "react";
import { useAddressFilter } from "./useAddressFilter";
import { useSettled } from "./useSettled";

const SETTLE_MS = 300;

interface Props {
  name: string;
  label: string;
  /** For a word, not a name. */
  narrow?: boolean;
}

/** Text to look for, put into the address once the typing rests, or whoever typed goes on to something else. */
export function SearchField({ name, label, narrow = false }: Props) {
  const [kept, keep] = useAddressFilter(name);
  const [text, setText] = useState(kept);
  const settled = useSettled(text.trim(), SETTLE_MS);
  const last = useRef(kept);
  const look = useCallback(
    (wanted: string) => {
      if (wanted === last.current) return;
      last.current = wanted;
      keep(wanted);
    },
    [keep],
  );
  useEffect(() => {
    if (settled === text.trim()) look(settled);
  }, [settled, text, look]);
  useEffect(() => {
    if (kept === last.current) return;
    last.current = kept;
    setText(kept);
  }, [kept]);
  return (
    <Input
      allowClear
      prefix={<SearchOutlined />}
      value={text}
      placeholder={label}
      aria-label={label}
      style={{ width: narrow ? 140 : 260 }}
      onChange={(event) => setText(event.target.value)}
      // At once: put into the address later, it would call back whoever has gone on to another page.
      onBlur={(event) => look(event.target.value.trim())}
    />
  );
}
