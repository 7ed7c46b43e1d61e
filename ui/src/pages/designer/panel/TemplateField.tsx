import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { useMessageOffer } from "@/parts/message-offer";
import { SendsNothingNote } from "@/parts/SendsNothing";
import { Field } from "./Field";

interface Props {
  value: string;
  onChange: (template: string) => void;
}

/** The template of a message, by its name, with its text below. */
export function TemplateField({ value, onChange }: Props) {
  const { t } = useTranslation();
  const { usable, why, isPending } = useMessageOffer();
  const text = usable.find(({ name }) => name === value)?.usable?.text;
  return (
    <Field label={t("messages.template")} hint={why || t("designer.sms.hint")}>
      {(id) => (
        <>
          <Select
            id={id}
            style={{ width: "100%" }}
            disabled={why !== ""}
            loading={isPending}
            status={value ? "" : "warning"}
            value={value || undefined}
            placeholder={t("designer.sms.none")}
            options={usable.map(({ name }) => ({ value: name, label: name }))}
            onChange={onChange}
          />
          <SendsNothingNote />
          {text ? (
            <p className="quiet" style={{ whiteSpace: "pre-wrap", marginBlock: 8 }}>
              {text}
            </p>
          ) : null}
        </>
      )}
    </Field>
  );
}
