import {
  FieldTimeOutlined,
  PhoneOutlined,
  ReloadOutlined,
  RollbackOutlined,
  SendOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Input, type InputRef, Tooltip } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatEvent } from "@/api/model";
import { focusFirst } from "@/parts/first-focus";
import styles from "../designer/chat/chat.module.css";

const KEYS = [..."1234567890*#"];

interface Props {
  /** The call has ended: only what was done can be taken back. */
  over: boolean;
  /** An answer is awaited. */
  busy?: boolean;
  /** Whether there is a turn to take back. */
  begun: boolean;
  /** What the customer did at the turn that is edited. */
  edited?: ChatEvent;
  hangsUp?: boolean;
  onSend: (event: ChatEvent) => void;
  /** Leaves the turn that is edited as it was. */
  onLeave?: () => void;
  onBack: () => void;
  onRestart: () => void;
  suggestions?: ReactNode;
  /** More that can be done with the turn. */
  children?: ReactNode;
}

/** What the customer does next in a conversation in writing: speaks, presses a key, stays silent, hangs up. */
export function Composer(props: Props) {
  const { over, busy = false, edited, onSend, onLeave } = props;
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const field = useRef<InputRef>(null);
  useEffect(() => {
    setText(edited && "said" in edited ? edited.said : "");
    if (edited) field.current?.focus();
  }, [edited]);
  useEffect(() => {
    // What is disabled loses the focus: who wrote the last words goes on from what is left to do.
    if (over && (document.activeElement?.contains(field.current?.input ?? null) ?? true)) focusFirst();
  }, [over]);
  const unsaid = over || busy || !text.trim();
  const say = () => {
    if (unsaid) return;
    onSend({ said: text.trim() });
    setText("");
  };
  return (
    <div className={styles.composer}>
      {props.suggestions}
      <div className={styles.line}>
        <Input
          ref={field}
          value={text}
          disabled={over}
          maxLength={400}
          data-first={over ? undefined : true}
          placeholder={t(over ? "designer.chat.over" : "designer.chat.say")}
          aria-label={t("designer.chat.say")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={say}
          onKeyDown={(event) => {
            if (event.key === "Escape") onLeave?.();
          }}
        />
        <Button
          type="primary"
          icon={<SendOutlined />}
          disabled={unsaid}
          aria-label={t("designer.chat.send")}
          onClick={say}
        />
      </div>
      <div className={styles.line} style={{ flexWrap: "wrap" }}>
        <Acts {...props} off={over || busy} />
        <span style={{ flex: 1 }} />
        <Tools {...props} />
      </div>
    </div>
  );
}

/** What can be done without words. */
function Acts({ off, hangsUp, onSend }: Props & { off: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Dropdown
        trigger={["click"]}
        disabled={off}
        menu={{
          items: KEYS.map((key) => ({ key, label: t("designer.way.key", { key }) })),
          onClick: ({ key }) => onSend({ key }),
        }}
      >
        <Button size="small" disabled={off}>
          {t("designer.chat.key")}
        </Button>
      </Dropdown>
      <Button
        size="small"
        icon={<FieldTimeOutlined />}
        disabled={off}
        onClick={() => onSend({ silence: true })}
      >
        {t("designer.chat.silence")}
      </Button>
      {hangsUp ? (
        <Button
          size="small"
          icon={<PhoneOutlined rotate={225} />}
          disabled={off}
          onClick={() => onSend({ hang_up: true })}
        >
          {t("brief.chat.hangUp")}
        </Button>
      ) : null}
    </>
  );
}

/** Taking turns back. */
function Tools({ over, busy, begun, onBack, onRestart, children }: Props) {
  const { t } = useTranslation();
  const tools = [
    [t("designer.chat.back"), <RollbackOutlined key="back" />, onBack, false],
    [t("designer.chat.restart"), <ReloadOutlined key="restart" />, onRestart, over],
  ] as const;
  return (
    <>
      {tools.map(([name, icon, act, first]) => (
        <Tooltip key={name} title={name}>
          <Button
            size="small"
            type="text"
            icon={icon}
            disabled={busy || !begun}
            data-first={first || undefined}
            aria-label={name}
            onClick={act}
          />
        </Tooltip>
      ))}
      {children}
    </>
  );
}
