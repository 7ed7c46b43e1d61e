import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../panel/Field";
import { PromptField } from "../panel/PromptField";
import { RecordingField } from "../panel/RecordingField";
import { TargetSelect } from "../panel/TargetSelect";
import { WordingsField } from "../panel/WordingsField";
import { ANYWHERE, type Content, type Question, without } from "../script/content";
import { freeName, nameFrom } from "../script/edit";
import { useDesk } from "../state/DesignContext";
import { Chooser } from "./Chooser";
import { ImportKnowledge } from "./ImportKnowledge";
import { LinesField } from "./LinesField";
import { isTaken, MeaningHead } from "./MeaningHead";
import styles from "./sections.module.css";

const withQuestion = (content: Content, name: string, question: Question): Content => ({
  ...content,
  knowledge: { ...content.knowledge, [name]: question },
});

interface DrawnProps {
  name: string;
  question: Question;
  put: (part: Partial<Question>, key: string) => void;
}

/** What a drawn script also knows of a question: other words, a recording, where it leads. */
function WhenDrawn({ name, question, put }: DrawnProps) {
  const { t } = useTranslation();
  return (
    <>
      <WordingsField
        label={t("designer.knowledge.again")}
        hint={t("designer.knowledge.againHint")}
        value={question.again}
        onChange={(again) => put({ again }, "again")}
      />
      <Field label={t("designer.recording.title")}>
        {() => (
          <RecordingField
            of={name}
            audio={question.audio}
            onChange={(old, audio) =>
              withQuestion(old, name, audio ? { ...question, audio } : without(question, "audio"))
            }
          />
        )}
      </Field>
      <Field label={t("designer.knowledge.next")} hint={t("designer.knowledge.nextHint")}>
        {(id) => (
          <TargetSelect
            id={id}
            label={t("designer.knowledge.next")}
            source={ANYWHERE}
            way={`question:${name}`}
            target={question.next ?? ""}
            none={t("designer.knowledge.back")}
          />
        )}
      </Field>
    </>
  );
}

interface OneProps {
  name: string;
  question: Question;
  onRenamed: (name: string | null) => void;
}

function QuestionForm({ name, question, onRenamed }: OneProps) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const put = (part: Partial<Question>, key: string) =>
    edit((old) => withQuestion(old, name, { ...question, ...part }), `${name}.${key}`);
  return (
    <>
      <MeaningHead
        name={name}
        label={question.label}
        called={t("designer.knowledge.label")}
        onLabel={(label) => put({ label }, "label")}
        onRenamed={onRenamed}
      />
      <LinesField
        label={t("designer.knowledge.wordings")}
        hint={t("designer.knowledge.wordingsHint")}
        missing={t("designer.knowledge.wordingsMissing")}
        value={question.wordings}
        onChange={(wordings) => put({ wordings }, "wordings")}
      />
      <PromptField
        label={t("designer.knowledge.answer")}
        value={question.answer}
        onChange={(answer) => put({ answer }, "answer")}
      />
      {content.brief ? null : <WhenDrawn name={name} question={question} put={put} />}
    </>
  );
}

function NewQuestion({
  open,
  onClose,
  onMade,
}: {
  open: boolean;
  onClose: () => void;
  onMade: (name: string) => void;
}) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const [wordings, setWordings] = useState<string[]>([]);
  const make = () => {
    const [first = ""] = wordings;
    const name = freeName((taken) => isTaken(content, taken), nameFrom(first, "question"));
    edit((old) => withQuestion(old, name, { wordings, answer: "", label: first.slice(0, 120) }));
    setWordings([]);
    onMade(name);
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t("designer.knowledge.newTitle")}
      okText={t("designer.knowledge.add")}
      cancelText={t("designer.cancel")}
      okButtonProps={{ disabled: wordings.length === 0 }}
      onOk={make}
      onCancel={onClose}
      destroyOnHidden
    >
      <LinesField
        autoFocus
        label={t("designer.knowledge.wordings")}
        hint={t("designer.knowledge.wordingsHint")}
        missing={t("designer.knowledge.wordingsMissing")}
        value={wordings}
        onChange={setWordings}
      />
    </Modal>
  );
}

/** What people ask at any moment, with the answers. */
export function KnowledgeSection() {
  const { t } = useTranslation();
  const { content } = useDesk();
  const knowledge = content.knowledge ?? {};
  const names = Object.keys(knowledge);
  const [chosen, setChosen] = useState<string | null>(names[0] ?? null);
  const [making, setMaking] = useState(false);
  const current = chosen !== null && chosen in knowledge ? chosen : (names[0] ?? null);
  const question = current ? knowledge[current] : undefined;
  return (
    <>
      <p className={styles.about}>{t("designer.knowledge.about")}</p>
      <Chooser
        choices={Object.entries(knowledge).map(([name, { label, wordings, answer }]) => ({
          name,
          label: label ?? name,
          words: `${wordings.join(" ")} ${answer}`,
          count: wordings.length,
        }))}
        chosen={current}
        onChoose={setChosen}
        search={t("designer.knowledge.search")}
        add={t("designer.knowledge.add")}
        onAdd={() => setMaking(true)}
        extra={<ImportKnowledge />}
      >
        {current && question ? (
          <QuestionForm key={current} name={current} question={question} onRenamed={setChosen} />
        ) : (
          <p className="quiet">{t("designer.knowledge.none")}</p>
        )}
      </Chooser>
      <NewQuestion open={making} onClose={() => setMaking(false)} onMade={setChosen} />
    </>
  );
}
