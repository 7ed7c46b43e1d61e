import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field, SettledField } from "../designer/panel/Field";
import { NAME_PATTERN, VALUE_KINDS, type ValueKind, type Wanted, without } from "../designer/script/content";
import { freeName } from "../designer/script/edit";
import { renameVariable } from "../designer/script/references";
import sections from "../designer/sections/sections.module.css";
import { useDesk } from "../designer/state/DesignContext";
import styles from "./Brief.module.css";

function One({ name, wanted }: { name: string; wanted: Wanted }) {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const put = (part: Partial<Wanted>) =>
    edit((old) => ({ ...old, collect: { ...old.collect, [name]: { ...wanted, ...part } } }));
  return (
    <div
      className={sections.item}
      style={{ gridTemplateColumns: "minmax(0, 1fr) auto" }}
      data-field={`collect.${name}`}
    >
      <div>
        <div className={sections.pair}>
          <SettledField
            label={t("brief.collect.label")}
            hint={t("brief.collect.labelHint")}
            value={wanted.label}
            maxLength={120}
            fault={(text) => (text ? null : t("designer.needed"))}
            onSettle={(label) => put({ label })}
          />
          <SettledField
            label={t("designer.intents.name")}
            value={name}
            maxLength={40}
            fault={(text) => {
              if (!NAME_PATTERN.test(text)) return t("designer.name.pattern");
              return text in (content.collect ?? {}) ? t("designer.name.taken", { name: text }) : null;
            }}
            onSettle={(next) => edit((old) => renameVariable(old, name, next))}
          />
          <Field label={t("designer.collect.what")}>
            {(id) => (
              <Select<ValueKind>
                id={id}
                style={{ width: "100%" }}
                value={wanted.what}
                options={VALUE_KINDS.map((value) => ({ value, label: t(`designer.what.${value}`) }))}
                onChange={(what) => put({ what })}
              />
            )}
          </Field>
          <Field label={t("brief.collect.claims")} hint={t("brief.collect.claimsHint")}>
            {(id) => (
              <Select
                id={id}
                mode="tags"
                open={false}
                suffixIcon={null}
                style={{ width: "100%" }}
                tokenSeparators={[",", "，", "、"]}
                value={wanted.claims ?? []}
                onChange={(claims: string[]) => put({ claims })}
              />
            )}
          </Field>
        </div>
      </div>
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        disabled={whyNot !== null}
        aria-label={t("designer.remove", { name: wanted.label })}
        onClick={() => edit((old) => ({ ...old, collect: without(old.collect ?? {}, name) }))}
      />
    </div>
  );
}

/** What the model is to find out, each in the customer's own words. */
export function Collect() {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const collect = content.collect ?? {};
  const add = () =>
    edit((old) => {
      const name = freeName((one) => one in (old.collect ?? {}), "answer");
      const wanted: Wanted = { label: t("brief.collect.newLabel"), what: "text" };
      return { ...old, collect: { ...old.collect, [name]: wanted } };
    });
  return (
    <>
      <div className={styles.routes}>
        {Object.entries(collect).map(([name, wanted]) => (
          <One key={name} name={name} wanted={wanted} />
        ))}
      </div>
      <Button icon={<PlusOutlined />} disabled={whyNot !== null} onClick={add}>
        {t("brief.collect.add")}
      </Button>
    </>
  );
}
