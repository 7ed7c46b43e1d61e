import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { SettledField } from "../designer/panel/Field";
import { PromptField } from "../designer/panel/PromptField";
import { NEEDED_GOODBYES, renameGoodbye, waysToGoodbye } from "../designer/script/brief";
import { NAME_PATTERN, without } from "../designer/script/content";
import { freeName } from "../designer/script/edit";
import { useDesk } from "../designer/state/DesignContext";
import styles from "./Brief.module.css";
import { useBrief } from "./useBrief";
import { useGoodbyeLabel } from "./useGoodbyeLabel";

function Own({ name }: { name: string }) {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const { brief, put } = useBrief();
  const ways = waysToGoodbye(content, name);
  const whyKept = ways.length > 0 ? t("designer.intents.used", { places: ways.join(", ") }) : whyNot;
  return (
    <div className={styles.row}>
      <div style={{ flex: 1 }}>
        <SettledField
          label={t("designer.reason.label")}
          hint={t("designer.reason.hint")}
          value={name}
          maxLength={40}
          fault={(text) => {
            if (!NAME_PATTERN.test(text)) return t("designer.name.pattern");
            return text in brief.goodbyes ? t("designer.name.taken", { name: text }) : null;
          }}
          onSettle={(next) => edit((old) => renameGoodbye(old, name, next))}
        />
      </div>
      <Tooltip title={whyKept}>
        <Button
          type="text"
          icon={<DeleteOutlined />}
          disabled={whyKept !== null}
          aria-label={t("designer.remove", { name })}
          aria-description={whyKept ?? undefined}
          onClick={() => put({ goodbyes: without(brief.goodbyes, name) })}
        />
      </Tooltip>
    </div>
  );
}

/** The last words, by how the call ends; three of them every script has. */
export function Goodbyes() {
  const { t } = useTranslation();
  const { brief, put } = useBrief();
  const { whyNot } = useDesk();
  const label = useGoodbyeLabel();
  const { goodbyes } = brief;
  const names = [...new Set([...NEEDED_GOODBYES, ...Object.keys(goodbyes)])];
  const add = () => {
    const name = freeName((one) => one in goodbyes, "other");
    put({ goodbyes: { ...goodbyes, [name]: "" } });
  };
  return (
    <>
      {names.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one that is renamed stays where it is
        <div key={index} data-field={`goodbyes.${name}`}>
          {NEEDED_GOODBYES.includes(name) ? null : <Own name={name} />}
          <PromptField
            label={label(name)}
            value={goodbyes[name] ?? ""}
            onChange={(text) => put({ goodbyes: { ...goodbyes, [name]: text } }, `goodbyes.${name}`)}
          />
        </div>
      ))}
      <Button icon={<PlusOutlined />} disabled={whyNot !== null} onClick={add}>
        {t("brief.goodbye.add")}
      </Button>
    </>
  );
}
