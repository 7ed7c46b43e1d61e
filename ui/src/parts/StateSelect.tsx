import { Select } from "antd";

interface Props<State extends string> {
  label: string;
  /** What is shown while any state will do. */
  any: string;
  states: readonly State[];
  name: (state: State) => string;
  value: State | null;
  onChange: (state: State | null) => void;
}

/** A list narrowed to one state, or to none. */
export function StateSelect<State extends string>({
  label,
  any,
  states,
  name,
  value,
  onChange,
}: Props<State>) {
  return (
    <Select<State | null>
      allowClear
      value={value}
      placeholder={any}
      aria-label={label}
      style={{ minWidth: 170 }}
      options={states.map((state) => ({ value: state, label: name(state) }))}
      onChange={(state) => onChange(state ?? null)}
    />
  );
}
