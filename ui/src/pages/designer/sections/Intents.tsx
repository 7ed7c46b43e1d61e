import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "../state/DesignContext";
import { Chooser } from "./Chooser";
import { LinesField } from "./LinesField";
import { MeaningHead } from "./MeaningHead";
import { NewIntent } from "./NewIntent";
import styles from "./sections.module.css";

function Intent({ name, onRenamed }: { name: string; onRenamed: (name: string | null) => void }) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const intent = content.intents[name];
  if (!intent) return null;
  const put = (part: object, key: string) =>
    edit(
      (old) => ({ ...old, intents: { ...old.intents, [name]: { ...intent, ...part } } }),
      `${name}.${key}`,
    );
  return (
    <>
      <MeaningHead
        name={name}
        label={intent.label}
        called={t("designer.intents.label")}
        onLabel={(label) => put({ label }, "label")}
        onRenamed={onRenamed}
      />
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
