import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { Field, SettledField } from "../panel/Field";
import { type Content, NAME_PATTERN, without } from "../script/content";
import { renameMeaning } from "../script/references";
import { usesOfMeaning } from "../script/uses";
import { useDesk } from "../state/DesignContext";
import styles from "./sections.module.css";

const removed = (content: Content, name: string): Content => ({
  ...content,
  intents: without(content.intents, name),
  ...(content.knowledge ? { knowledge: without(content.knowledge, name) } : {}),
});

export const isTaken = (content: Content, name: string): boolean =>
  name in content.intents || name in (content.knowledge ?? {});

interface Props {
  name: string;
  label: string | undefined;
  /** What the field of its label is called. */
  called: string;
  onLabel: (label: string | undefined) => void;
  onRenamed: (name: string | null) => void;
}

/** What an intent and a question of the knowledge base have in common: how they are called, and taking them away. */
export function MeaningHead({ name, label, called, onLabel, onRenamed }: Props) {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const uses = usesOfMeaning(content, name);
  const whyKept = uses.length > 0 ? t("designer.intents.used", { places: uses.join(", ") }) : whyNot;
  return (
    <>
      <div className={styles.editorHead}>
        <h3>{label ?? name}</h3>
        <Tooltip title={whyKept}>
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            disabled={whyKept !== null}
            aria-label={t("designer.remove", { name })}
            aria-description={whyKept ?? undefined}
            onClick={() => {
              edit((old) => removed(old, name));
              onRenamed(null);
            }}
          />
        </Tooltip>
      </div>
      <div className={styles.pair}>
        <Field label={called}>
          {(id) => (
            <Input
              id={id}
              maxLength={120}
              value={label ?? ""}
              onChange={(event) => onLabel(event.target.value || undefined)}
            />
          )}
        </Field>
        <SettledField
          label={t("designer.intents.name")}
          value={name}
          maxLength={40}
          fault={(text) => {
            if (!NAME_PATTERN.test(text)) return t("designer.name.pattern");
            return isTaken(content, text) ? t("designer.name.taken", { name: text }) : null;
          }}
          onSettle={(next) => {
            edit((old) => renameMeaning(old, name, next));
            onRenamed(next);
          }}
        />
      </div>
    </>
  );
}
