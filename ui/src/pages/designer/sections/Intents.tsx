import { DeleteOutlined } from "@ant-design/icons";
import { Button, Input, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field, SettledField } from "../panel/Field";
import { NAME_PATTERN, without } from "../script/content";
import { renameMeaning } from "../script/references";
import { usesOfMeaning } from "../script/uses";
import { useDesk } from "../state/DesignContext";
import { Chooser } from "./Chooser";
import { LinesField } from "./LinesField";
import { NewIntent } from "./NewIntent";
import styles from "./sections.module.css";

function Intent({ name, onRenamed }: { name: string; onRenamed: (name: string | null) => void }) {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const intent = content.intents[name];
  if (!intent) return null;
  const uses = usesOfMeaning(content, name);
  const put = (part: object, key: string) =>
    edit(
      (old) => ({ ...old, intents: { ...old.intents, [name]: { ...intent, ...part } } }),
      `${name}.${key}`,
    );
  const whyKept = uses.length > 0 ? t("designer.intents.used", { places: uses.join(", ") }) : whyNot;
  return (
    <>
      <div className={styles.editorHead}>
        <h3>{intent.label ?? name}</h3>
        <Tooltip title={whyKept}>
          <Button
            size="small"
            type="text"
            icon={<DeleteOutlined />}
            disabled={whyKept !== null}
            aria-label={t("designer.remove", { name })}
            aria-description={whyKept ?? undefined}
            onClick={() => {
              edit((old) => ({ ...old, intents: without(old.intents, name) }));
              onRenamed(null);
            }}
          />
        </Tooltip>
      </div>
      <div className={styles.pair}>
        <Field label={t("designer.intents.label")}>
          {(id) => (
            <Input
              id={id}
              maxLength={120}
              value={intent.label ?? ""}
              onChange={(event) => put({ label: event.target.value || undefined }, "label")}
            />
          )}
        </Field>
        <SettledField
          label={t("designer.intents.name")}
          value={name}
          maxLength={40}
          fault={(text) => {
            if (!NAME_PATTERN.test(text)) return t("designer.name.pattern");
            const taken = text in content.intents || text in (content.knowledge ?? {});
            return taken ? t("designer.name.taken", { name: text }) : null;
          }}
          onSettle={(next) => {
            edit((old) => renameMeaning(old, name, next));
            onRenamed(next);
          }}
        />
      </div>
      <LinesField
        label={t("designer.intents.examples")}
        hint={t("designer.intents.examplesHint")}
        missing={t("designer.intents.examplesMissing")}
        value={intent.examples}
        rows={18}
        onChange={(examples) => put({ examples }, "examples")}
      />
    </>
  );
}

/** What people may mean, each taught by how they say it. */
export function Intents() {
  const { t } = useTranslation();
  const { content } = useDesk();
  const names = Object.keys(content.intents);
  const [chosen, setChosen] = useState<string | null>(names[0] ?? null);
  const [making, setMaking] = useState(false);
  const current = chosen !== null && chosen in content.intents ? chosen : (names[0] ?? null);
  return (
    <>
      <p className={styles.about}>{t("designer.intents.about")}</p>
      <Chooser
        choices={Object.entries(content.intents).map(([name, { label, examples }]) => ({
          name,
          label: label ?? name,
          words: examples.join(" "),
          count: examples.length,
        }))}
        chosen={current}
        onChoose={setChosen}
        search={t("designer.intents.search")}
        add={t("designer.branches.newIntent")}
        onAdd={() => setMaking(true)}
      >
        {current ? <Intent key={current} name={current} onRenamed={setChosen} /> : null}
      </Chooser>
      <NewIntent open={making} onClose={() => setMaking(false)} onMade={setChosen} />
    </>
  );
}
