import { Input, Select } from "antd";
import type { CustomField } from "@/api/book";
import { DateInput } from "@/parts/DateInput";

interface Props {
  field: CustomField;
  value?: string;
  onChange?: (value: string) => void;
  disabled?: boolean;
  id?: string;
}

/** A value of a custom field, typed as its kind wants it. */
export function FieldInput({ field, value = "", onChange, ...rest }: Props) {
  if (field.kind === "choice")
    return (
      <Select
        {...rest}
        allowClear={!field.required}
        showSearch
        value={value || undefined}
        options={[...new Set([...field.choices, value])]
          .filter(Boolean)
          .map((choice) => ({ value: choice, label: choice, disabled: !field.choices.includes(choice) }))}
        onChange={(choice) => onChange?.(choice ?? "")}
      />
    );
  if (field.kind === "date") return <DateInput {...rest} value={value} onChange={onChange} />;
  return (
    <Input
      {...rest}
      inputMode={field.kind === "number" ? "decimal" : undefined}
      maxLength={500}
      autoComplete="off"
      value={value}
      onChange={({ target }) => onChange?.(target.value)}
    />
  );
}
