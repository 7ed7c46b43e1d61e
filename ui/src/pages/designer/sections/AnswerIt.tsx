import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../panel/Field";

export interface Answered {
  label: string;
  answer: string;
}

interface Props {
  said: string;
  onAnswer: (question: Answered) => void;
  onClose: () => void;
}

/** A question that the knowledge base lacks, with what shall be answered. */
export function AnswerIt({ said, onAnswer, onClose }: Props) {
  const { t } = useTranslation();
  const [label, setLabel] = useState(said.slice(0, 120));
  const [answer, setAnswer] = useState("");
  const ready = label.trim() !== "" && answer.trim() !== "";
  return (
    <Modal
      open
      title={t("designer.unanswered.answerTitle")}
      okText={t("designer.knowledge.add")}
      cancelText={t("designer.cancel")}
      okButtonProps={{ disabled: !ready }}
      onOk={() => onAnswer({ label: label.trim(), answer: answer.trim() })}
      onCancel={onClose}
    >
      <p className="quiet">“{said}”</p>
      <Field label={t("designer.knowledge.label")}>
        {(id) => (
          <Input id={id} maxLength={120} value={label} onChange={(event) => setLabel(event.target.value)} />
        )}
      </Field>
      <Field label={t("designer.knowledge.answer")}>
        {(id) => (
          <Input.TextArea
            id={id}
            autoFocus
            maxLength={600}
            value={answer}
            autoSize={{ minRows: 2, maxRows: 6 }}
            // The server takes an answer of one line.
            onChange={(event) => setAnswer(event.target.value.replace(/\s*\n\s*/g, " "))}
          />
        )}
      </Field>
    </Modal>
  );
}
