import {
  FieldTimeOutlined,
  PhoneOutlined,
  ReloadOutlined,
  RollbackOutlined,
  SendOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Input, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ChatEvent } from "@/api/model";
import styles from "../../designer/chat/chat.module.css";
import type { ModelChat } from "./useModelChat";

const KEYS = [..."1234567890*#"];

/** What the customer does next: speaks, presses a key, stays silent, hangs up; or takes the last turn back. */
export function Composer({ talk }: { talk: ModelChat }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const { turns, busy, send } = talk;
  const over = turns.at(-1)?.standing?.ended != null;
  const off = busy || over;
  const say = () => {
    if (off || !text.trim()) return;
    send({ said: text.trim() });
    setText("");
  };
  const act = (event: ChatEvent) => () => send(event);
  return (
    <div className={styles.composer}>
      <div className={styles.line}>
        <Input
          value={text}
          disabled={over}
          maxLength={400}
          placeholder={t(over ? "designer.chat.over" : "designer.chat.say")}
          aria-label={t("designer.chat.say")}
          onChange={(event) => setText(event.target.value)}
          onPressEnter={say}
        />
        <Button
          type="primary"
          icon={<SendOutlined />}
          disabled={off || !text.trim()}
          aria-label={t("designer.chat.send")}
          onClick={say}
        />
      </div>
      <div className={styles.line} style={{ flexWrap: "wrap" }}>
        <Dropdown
          trigger={["click"]}
          disabled={off}
          menu={{
            items: KEYS.map((key) => ({ key, label: t("designer.way.key", { key }) })),
            onClick: ({ key }) => send({ key }),
          }}
        >
          <Button size="small" disabled={off}>
            {t("designer.chat.key")}
          </Button>
        </Dropdown>
        <Button size="small" icon={<FieldTimeOutlined />} disabled={off} onClick={act({ silence: true })}>
          {t("designer.chat.silence")}
        </Button>
        <Button
          size="small"
          icon={<PhoneOutlined rotate={225} />}
          disabled={off}
          onClick={act({ hang_up: true })}
        >
          {t("brief.chat.hangUp")}
        </Button>
        <span style={{ flex: 1 }} />
        <Tooltip title={t("designer.chat.back")}>
          <Button
            size="small"
            type="text"
            icon={<RollbackOutlined />}
            disabled={busy}
            aria-label={t("designer.chat.back")}
            onClick={talk.back}
          />
        </Tooltip>
        <Tooltip title={t("designer.chat.restart")}>
          <Button
            size="small"
            type="text"
            icon={<ReloadOutlined />}
            disabled={busy}
            aria-label={t("designer.chat.restart")}
            onClick={talk.clear}
          />
        </Tooltip>
      </div>
    </div>
  );
}
