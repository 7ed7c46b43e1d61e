import { PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Known, knownVariables, slotsIn } from "../script/variables";
import { useDesk } from "../state/DesignContext";
import { Field } from "./Field";
import { HearButton } from "./HearButton";
import styles from "./panel.module.css";

const LONGEST = 600;

interface Props {
  label: string;
  value: string;
  onChange: (text: string) => void;
  hint?: string;
  placeholder?: string;
  /** Each line is a text of its own; the first is heard. */
  severalLines?: boolean;
  /** A variable that is known here and not elsewhere, such as the value just collected. */
  here?: string;
}

function useOriginWords(): (known: Known) => string {
  const { t } = useTranslation();
  return ({ origin, nodes, label }) => {
    if (origin === "own") return t("designer.origin.own");
    if (origin === "import") return t("designer.origin.import", { label });
    return t("designer.origin.collected", { nodes: nodes.join(", ") });
  };
}

/** What is said: a text with variables, which can be heard at once. */
export function PromptField({
  label,
  value,
  onChange,
  hint,
  placeholder,
  severalLines = false,
  here,
}: Props) {
  const { t } = useTranslation();
  const { content, whyNot } = useDesk();
  const originWords = useOriginWords();
  const area = useRef<TextAreaRef>(null);
  const variables = knownVariables(content);
  const names = new Set(variables.map(({ name }) => name));
  if (here) names.add(here);
  const unknown = [...new Set(slotsIn(value))].filter((name) => !names.has(name));
  const insert = (name: string) => {
    const field = area.current?.resizableTextArea?.textArea;
    const slot = `{${name}}`;
    const from = field?.selectionStart ?? value.length;
    const to = field?.selectionEnd ?? value.length;
    onChange(value.slice(0, from) + slot + value.slice(to));
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(from + slot.length, from + slot.length);
    });
  };
  const items = variables.map((known) => ({
    key: known.name,
    label: (
      <span>
        {`{${known.name}}`} <span className="quiet">{originWords(known)}</span>
      </span>
    ),
  }));
  return (
    <Field
      label={label}
      hint={hint}
      error={unknown.length > 0 ? t("designer.prompt.unknown", { names: unknown.join(", ") }) : null}
    >
      {(id) => (
        <>
          <Input.TextArea
            id={id}
            ref={area}
            value={value}
            maxLength={severalLines ? undefined : LONGEST}
            placeholder={placeholder}
            autoSize={{ minRows: 2, maxRows: 8 }}
            onChange={(event) => onChange(event.target.value)}
          />
          <div className={styles.promptFoot}>
            <HearButton text={severalLines ? (value.split("\n")[0] ?? "") : value} />
            <Dropdown
              trigger={["click"]}
              disabled={whyNot !== null}
              menu={{ items, onClick: ({ key }) => insert(key) }}
            >
              <Button size="small" icon={<PlusOutlined />}>
                {t("designer.prompt.insert")}
              </Button>
            </Dropdown>
            {severalLines ? null : (
              <span className={styles.count}>
                {value.length} / {LONGEST}
              </span>
            )}
          </div>
        </>
      )}
    </Field>
  );
}
