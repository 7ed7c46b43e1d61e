import { InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { listed, type Test } from "../script/content";
import { knownVariables } from "../script/variables";
import { useDesk } from "../state/DesignContext";
import styles from "./panel.module.css";

const KINDS = ["filled", "empty", "is", "is_not", "above", "below"] as const;
type Kind = (typeof KINDS)[number];

/** What a test asks; one with several parts (written as a file) shows the first of them. */
function kindOf(test: Test): Kind {
  if (test.is !== undefined) return "is";
  if (test.is_not !== undefined) return "is_not";
  if (test.above !== undefined) return "above";
  if (test.below !== undefined) return "below";
  return test.filled === false ? "empty" : "filled";
}

function asked(variable: string, kind: Kind): Test {
  switch (kind) {
    case "filled":
      return { variable, filled: true };
    case "empty":
      return { variable, filled: false };
    case "is":
    case "is_not":
      return { variable, [kind]: [] };
    case "above":
    case "below":
      return { variable, [kind]: 0 };
  }
}

/** A test of one variable's value. */
export function TestEditor({ test, onChange }: { test: Test; onChange: (test: Test) => void }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const kind = kindOf(test);
  const variables = knownVariables(content).map(({ name, label }) => ({
    value: name,
    label: label ? `${label} (${name})` : name,
  }));
  return (
    <>
      <div className={styles.pair}>
        <Select
          size="small"
          aria-label={t("designer.test.variable")}
          value={test.variable}
          options={variables}
          popupMatchSelectWidth={220}
          onChange={(variable: string) => onChange({ ...test, variable })}
        />
        <Select
          size="small"
          aria-label={t("designer.test.kind")}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`designer.test.${value}`) }))}
          onChange={(next: Kind) => onChange(asked(test.variable, next))}
        />
      </div>
      {kind === "is" || kind === "is_not" ? (
        <Select
          mode="tags"
          size="small"
          aria-label={t("designer.test.values")}
          placeholder={t("designer.test.values")}
          value={listed(test[kind])}
          onChange={(values: string[]) => onChange({ ...test, [kind]: values })}
        />
      ) : null}
      {kind === "above" || kind === "below" ? (
        <InputNumber
          size="small"
          aria-label={t("designer.test.number")}
          value={test[kind] ?? 0}
          onChange={(value) => onChange({ ...test, [kind]: value ?? 0 })}
        />
      ) : null}
    </>
  );
}
