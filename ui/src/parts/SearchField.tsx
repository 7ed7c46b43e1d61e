import { SearchOutlined } from "@ant-design/icons";
import { Input } from "antd";
import { useEffect, useRef, useState } from "react";
import { useNavigation } from "react-router";
import { useAddressFilter } from "./useAddressFilter";
import { useSettled } from "./useSettled";

const SETTLE_MS = 300;

/** Text to look for, put into the address once the typing rests. */
export function SearchField({ name, label }: { name: string; label: string }) {
  const [kept, keep] = useAddressFilter(name);
  const [text, setText] = useState(kept);
  const settled = useSettled(text.trim(), SETTLE_MS);
  const last = useRef(kept);
  // Whoever has gone on to a page that is still loading is not called back to this one.
  const going = useNavigation().state !== "idle";
  useEffect(() => {
    if (going || settled === last.current) return;
    last.current = settled;
    keep(settled);
  }, [going, settled, keep]);
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
      style={{ width: 260 }}
      onChange={(event) => setText(event.target.value)}
    />
  );
}
