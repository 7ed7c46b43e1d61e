import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Switch, Tooltip } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { SettledField } from "../panel/Field";
import { NAME_PATTERN, type Variable } from "../script/content";
import { freeName } from "../script/edit";
import { renameVariable } from "../script/references";
import { knownVariables, spokenAt } from "../script/variables";
import { useDesk } from "../state/DesignContext";
import { Ordered } from "./Ordered";
import styles from "./sections.module.css";

function VariableRow({ variable, index }: { variable: Variable; index: number }) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const id = useId();
  const put = (part: Partial<Variable>, key: string) =>
    edit(
      (old) => ({
        ...old,
        variables: (old.variables ?? []).map((one, place) => (place === index ? { ...one, ...part } : one)),
      }),
      `variable.${index}.${key}`,
    );
  const required = variable.required ?? true;
  const known = knownVariables(content).map(({ name }) => name);
  return (
    <>
      <div className={styles.pair}>
        <SettledField
          label={t("designer.variables.label")}
          value={variable.label}
          maxLength={120}
          fault={(text) => (text ? null : t("designer.needed"))}
          onSettle={(label) => put({ label }, "label")}
        />
        <SettledField
          label={t("designer.variables.name")}
          value={variable.name}
          maxLength={40}
          fault={(text) => {
            if (!NAME_PATTERN.test(text)) return t("designer.name.pattern");
            return known.includes(text) ? t("designer.name.taken", { name: text }) : null;
          }}
          onSettle={(name) => edit((old) => renameVariable(old, variable.name, name))}
        />
      </div>
      <div className={styles.row}>
        <Switch
          id={id}
          size="small"
          checked={required}
          onChange={(checked) => put({ required: checked }, "required")}
        />
        <Tooltip title={t("designer.variables.requiredHint")}>
          <label htmlFor={id}>{t("designer.variables.required")}</label>
        </Tooltip>
        <Input
          size="small"
          style={{ width: 190 }}
          prefix={<span className="quiet">{t("designer.variables.example")}</span>}
          aria-label={t("designer.variables.example")}
          value={variable.example ?? ""}
          onChange={(event) => put({ example: event.target.value }, "example")}
        />
        {required ? null : (
          <Input
            size="small"
            style={{ width: 190 }}
            prefix={<span className="quiet">{t("designer.variables.default")}</span>}
            aria-label={t("designer.variables.default")}
            value={variable.default ?? ""}
            onChange={(event) => put({ default: event.target.value }, "default")}
          />
        )}
        <span className="quiet">
          {t("designer.variables.spoken", { count: spokenAt(content, variable.name).length })}
        </span>
      </div>
    </>
  );
}

/** The facts of each customer that the script speaks of, and where they come from. */
export function Variables() {
  const { t } = useTranslation();
  const { content, edit, whyNot, dispatch } = useDesk();
  const variables = content.variables ?? [];
  const known = knownVariables(content);
  const collected = known.filter(({ origin }) => origin === "collected");
  const add = () =>
    edit((old) => {
      const name = freeName((one) => known.some((other) => other.name === one), "detail");
      return {
        ...old,
        variables: [
          ...(old.variables ?? []),
          { name, label: t("designer.variables.newLabel"), required: false },
        ],
      };
    });
  return (
    <>
      <p className={styles.about}>{t("designer.variables.about")}</p>
      <Ordered
        items={variables}
        keyOf={(_, index) => `${index}`}
        nameOf={({ label }) => label}
        disabled={whyNot !== null}
        onChange={(next) => edit((old) => ({ ...old, variables: next }))}
      >
        {(variable, index) => <VariableRow variable={variable} index={index} />}
      </Ordered>
      <Button icon={<PlusOutlined />} disabled={whyNot !== null} onClick={add}>
        {t("designer.variables.add")}
      </Button>
      <h3 className={styles.heading}>{t("designer.variables.collected")}</h3>
      {collected.length === 0 ? <p className="quiet">{t("designer.variables.collectedNone")}</p> : null}
      {collected.map(({ name, nodes }) => (
        <p key={name}>
          <code>{`{${name}}`}</code>{" "}
          {nodes.map((node) => (
            <Button
              key={node}
              size="small"
              type="link"
              onClick={() => dispatch({ type: "goto", name: node })}
            >
              {node}
            </Button>
          ))}
        </p>
      ))}
    </>
  );
}
