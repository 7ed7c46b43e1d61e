import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { useDesk } from "../state/DesignContext";
import styles from "./chat.module.css";
import type { TestChat } from "./useChat";
import { testValues } from "./useChat";

/** Who is called in the test: the values of the script's variables. */
export function TestValues({ talk }: { talk: TestChat }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const variables = content.variables ?? [];
  if (variables.length === 0) return null;
  const values = testValues(content, talk.typed);
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
          onChange={(event) => talk.setTyped({ ...talk.typed, [name]: event.target.value })}
        />
      ))}
    </details>
  );
}
