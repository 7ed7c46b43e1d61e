import { PlusOutlined, SnippetsOutlined } from "@ant-design/icons";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Ordered } from "../designer/sections/Ordered";
import { useDesk } from "../designer/state/DesignContext";
import styles from "./Brief.module.css";
import { joined } from "./lines";

const LONGEST = 600;

interface Props {
  field: string;
  add: string;
  most: number;
  value: readonly string[];
  onChange: (sentences: string[], key?: string) => void;
}

function Paste({ onPaste }: { onPaste: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  return (
    <>
      <Button icon={<SnippetsOutlined />} onClick={() => setText("")}>
        {t("brief.paste.button")}
      </Button>
      <Modal
        open={text !== null}
        title={t("brief.paste.title")}
        okText={t("brief.paste.add")}
        cancelText={t("designer.cancel")}
        okButtonProps={{ disabled: !text?.trim() }}
        onCancel={() => setText(null)}
        onOk={() => {
          onPaste(text ?? "");
          setText(null);
        }}
      >
        <Input.TextArea
          rows={10}
          autoFocus
          aria-label={t("brief.paste.title")}
          value={text ?? ""}
          onChange={({ target }) => setText(target.value)}
        />
      </Modal>
    </>
  );
}

/** Sentences one by one: added, put in order, or a whole list pasted. */
export function Sentences({ field, add, most, value, onChange }: Props) {
  const { whyNot } = useDesk();
  const { t } = useTranslation();
  const full = value.length >= most;
  return (
    <>
      <Ordered
        items={value}
        keyOf={(_, index) => `${index}`}
        nameOf={(sentence, index) => sentence || `${index + 1}`}
        disabled={whyNot !== null}
        onChange={onChange}
      >
        {(sentence, index) => (
          <div data-field={`${field}.${index}`}>
            <Input.TextArea
              autoSize={{ minRows: 1, maxRows: 5 }}
              maxLength={LONGEST}
              aria-label={`${add} ${index + 1}`}
              value={sentence}
              status={sentence.trim() ? "" : "error"}
              placeholder={t("designer.needed")}
              onChange={({ target }) =>
                onChange(
                  value.map((one, place) => (place === index ? target.value : one)),
                  `${field}.${index}`,
                )
              }
            />
          </div>
        )}
      </Ordered>
      <div className={styles.row} data-field={field}>
        <Button
          icon={<PlusOutlined />}
          disabled={full || whyNot !== null}
          onClick={() => onChange([...value, ""])}
        >
          {add}
        </Button>
        <Paste onPaste={(text) => onChange(joined(value, text, most))} />
      </div>
    </>
  );
}
