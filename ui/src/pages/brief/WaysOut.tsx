import { DeleteOutlined } from "@ant-design/icons";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { without } from "../designer/script/content";
import { useDesk } from "../designer/state/DesignContext";
import { meaningLabel } from "../designer/words/condition-words";
import styles from "./Brief.module.css";
import { useBrief } from "./useBrief";
import { useGoodbyeLabel } from "./useGoodbyeLabel";

const KEYS = [..."0123456789*#"];
const DO_NOT_CALL = "do_not_call";

interface RoutesProps {
  of: "branches" | "keys";
  field: string;
  title: string;
  hint: string;
  add: string;
  choices: readonly { value: string; label: string }[];
  shown: (name: string) => string;
}

function Routes({ of, field, title, hint, add, choices, shown }: RoutesProps) {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const { brief } = useBrief();
  const label = useGoodbyeLabel();
  const routes = content.anywhere?.[of] ?? {};
  const put = (next: Record<string, string>) =>
    edit((old) => ({ ...old, anywhere: { ...old.anywhere, [of]: next } }));
  const goodbyes = Object.keys(brief.goodbyes).map((value) => ({ value, label: label(value) }));
  return (
    <div data-field={field}>
      <h3 className={styles.sub}>{title}</h3>
      <p className={styles.about}>{hint}</p>
      <div className={styles.routes}>
        {Object.entries(routes).map(([way, to]) => (
          <div key={way} className={styles.route} data-field={`${field}.${way}`}>
            <span>{shown(way)}</span>
            <span className="quiet">→</span>
            <Select
              aria-label={shown(way)}
              value={to}
              status={to in brief.goodbyes ? "" : "error"}
              options={goodbyes}
              onChange={(next: string) => put({ ...routes, [way]: next })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              disabled={whyNot !== null}
              aria-label={t("designer.remove", { name: shown(way) })}
              onClick={() => put(without(routes, way))}
            />
          </div>
        ))}
      </div>
      <Select
        style={{ width: 260, maxWidth: "100%" }}
        aria-label={add}
        placeholder={add}
        value={null}
        options={choices.filter(({ value }) => !(value in routes))}
        onChange={(way: string | null) => {
          if (way !== null) put({ ...routes, [way]: DO_NOT_CALL });
        }}
      />
    </div>
  );
}

/** What ends the call at once without asking the model: meanings and keys, each with its goodbye. */
export function WaysOut() {
  const { t } = useTranslation();
  const { content } = useDesk();
  const shown = (name: string) => meaningLabel(content, name);
  return (
    <>
      <Routes
        of="branches"
        field="anywhere"
        title={t("brief.ways.title")}
        hint={t("brief.ways.hint")}
        add={t("brief.ways.add")}
        choices={Object.keys(content.intents).map((value) => ({ value, label: shown(value) }))}
        shown={shown}
      />
      <Routes
        of="keys"
        field="keys"
        title={t("designer.keys.title")}
        hint={t("brief.keys.hint")}
        add={t("designer.keys.add")}
        choices={KEYS.map((value) => ({ value, label: value }))}
        shown={(key) => t("brief.keys.key", { key })}
      />
    </>
  );
}
