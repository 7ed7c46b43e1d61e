import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { useDesk } from "../state/DesignContext";
import styles from "./chat.module.css";
import { testValues } from "./useChat";

interface Props {
  /** What was typed, by the name of the variable. */
  typed: Record<string, string>;
  onType: (typed: Record<string, string>) => void;
}

/** Who is called in the test: the values of the script's variables. */
export function TestValues({ typed, onType }: Props) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const variables = content.variables ?? [];
  if (variables.length === 0) return null;
  const values = testValues(content, typed);
  return (
    <details className={styles.values}>
      <summary>
        {t("designer.chat.values")}{" "}
        <span className="quiet">{Object.values(values).filter(Boolean).join(" · ")}</span>
      </summary>
      {variables.map(({ name, label }) => (
        <Input
          key={name}
          size="small"
          prefix={<span className="quiet">{label}</span>}
          aria-label={label}
          value={values[name]}
          onChange={(event) => onType({ ...typed, [name]: event.target.value })}
        />
      ))}
    </details>
  );
}
