import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { CustomField } from "@/api/book";
import type { CustomerCard } from "@/api/model";
import { FieldInput } from "@/parts/fields/FieldInput";
import { readableLabel } from "@/parts/readable";
import { ownFields } from "./typed";

/**
 * The company's fields, then what this customer has beside them: of scripts, and of fields no longer in use, which can
 * only be emptied.
 */
export function OwnFields({ card, fields }: { card: CustomerCard; fields: CustomField[] }) {
  const { t } = useTranslation();
  const others = ownFields(card).filter(
    (name) => !fields.some(({ key, retired }) => key === name && !retired),
  );
  return (
    <>
      {fields
        .filter(({ retired }) => !retired)
        .map((field) => (
          <Form.Item
            key={field.key}
            name={["fields", field.key]}
            label={field.label}
            required={field.required}
          >
            <FieldInput field={field} />
          </Form.Item>
        ))}
      {others.map((name) => {
        const retired = fields.find(({ key }) => key === name);
        return (
          <Form.Item
            key={name}
            name={["fields", name]}
            label={retired?.label ?? readableLabel(name)}
            extra={retired ? t("fields.retiredHint") : undefined}
            normalize={
              retired &&
              ((value, previous) => ([undefined, "", card.fields[name]].includes(value) ? value : previous))
            }
          >
            <Input maxLength={500} allowClear={Boolean(retired)} />
          </Form.Item>
        );
      })}
    </>
  );
}
