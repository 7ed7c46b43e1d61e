import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useMessageOffer } from "@/parts/message-offer";
import { SettledField } from "../designer/panel/Field";
import { TemplateField } from "../designer/panel/TemplateField";
import { type BriefMessage, without } from "../designer/script/content";
import { freeName } from "../designer/script/edit";
import sections from "../designer/sections/sections.module.css";
import { useDesk } from "../designer/state/DesignContext";
import styles from "./Brief.module.css";
import { useBrief } from "./useBrief";

function One({ name, message }: { name: string; message: BriefMessage }) {
  const { t } = useTranslation();
  const { whyNot } = useDesk();
  const { brief, put } = useBrief();
  const change = (part: Partial<BriefMessage>) =>
    put({ messages: { ...brief.messages, [name]: { ...message, ...part } } }, `messages.${name}`);
  return (
    <div
      className={sections.item}
      style={{ gridTemplateColumns: "minmax(0, 1fr) auto" }}
      data-field={`messages.${name}`}
    >
      <div className={sections.pair}>
        <SettledField
          label={t("brief.messages.label")}
          hint={t("brief.messages.labelHint")}
          value={message.label}
          maxLength={120}
          fault={(text) => (text ? null : t("designer.needed"))}
          onSettle={(label) => change({ label })}
        />
        <TemplateField value={message.template} onChange={(template) => change({ template })} />
      </div>
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        disabled={whyNot !== null}
        aria-label={t("designer.remove", { name: message.label })}
        onClick={() => put({ messages: without(brief.messages ?? {}, name) })}
      />
    </div>
  );
}

/** The text messages that the model may send, each once in a call. */
export function Messages() {
  const { t } = useTranslation();
  const { whyNot } = useDesk();
  const { brief, put } = useBrief();
  const { why } = useMessageOffer();
  const messages = brief.messages ?? {};
  const add = () => {
    const name = freeName((one) => one in messages, "message");
    put({ messages: { ...messages, [name]: { label: t("brief.messages.newLabel"), template: "" } } });
  };
  return (
    <>
      <div className={styles.routes}>
        {Object.entries(messages).map(([name, message]) => (
          <One key={name} name={name} message={message} />
        ))}
      </div>
      <Tooltip title={why}>
        <Button icon={<PlusOutlined />} disabled={whyNot !== null || why !== ""} onClick={add}>
          {t("brief.messages.add")}
        </Button>
      </Tooltip>
      {why ? <p className="quiet">{why}</p> : null}
    </>
  );
}
