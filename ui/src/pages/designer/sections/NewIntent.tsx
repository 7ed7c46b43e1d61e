import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../panel/Field";
import { freeName, nameFrom } from "../script/edit";
import { useDesk } from "../state/DesignContext";
import { LinesField, sentencesIn } from "./LinesField";
import { isTaken } from "./MeaningHead";

interface Props {
  open: boolean;
  onClose: () => void;
  onMade: (name: string) => void;
}

/** Something else that people may mean, with how they say it. */
export function NewIntent({ open, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const [label, setLabel] = useState("");
  const [examples, setExamples] = useState<string[]>([]);
  const ready = label.trim() !== "" && examples.length > 0;
  const make = () => {
    if (!ready) return;
    const name = freeName((taken) => isTaken(content, taken), nameFrom(label, "intent"));
    edit((old) => ({
      ...old,
      intents: {
        ...old.intents,
        [name]: { label: label.trim(), examples: sentencesIn(examples.join("\n")) },
      },
    }));
    setLabel("");
    setExamples([]);
    onMade(name);
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t("designer.newIntent.title")}
      okText={t("designer.newIntent.add")}
      cancelText={t("designer.cancel")}
      okButtonProps={{ disabled: !ready }}
      onOk={make}
      onCancel={onClose}
      destroyOnHidden
    >
      <Field label={t("designer.newIntent.label")} hint={t("designer.newIntent.labelHint")}>
        {(id) => (
          <Input
            id={id}
            maxLength={120}
            value={label}
            autoFocus
            onChange={(event) => setLabel(event.target.value)}
          />
        )}
      </Field>
      <LinesField
        label={t("designer.intents.examples")}
        hint={t("designer.intents.examplesHint")}
        missing={t("designer.intents.examplesMissing")}
        value={examples}
        onChange={setExamples}
      />
    </Modal>
  );
}
