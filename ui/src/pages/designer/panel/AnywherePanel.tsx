import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { KIND_ICONS } from "../canvas/kinds";
import { ANYWHERE, listed } from "../script/content";
import { waysAnywhere } from "../script/ways";
import { useDesk } from "../state/DesignContext";
import { Field, Group } from "./Field";
import styles from "./panel.module.css";
import { BranchFields, KeyFields, meanings, SingleWay, WayRow } from "./WayFields";

/** What is heeded at every node that has no branch of its own for it. */
export function AnywherePanel() {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const ways = waysAnywhere(content);
  const questions = ways.filter(({ kind }) => kind === "question");
  return (
    <>
      <div className={styles.head}>
        {KIND_ICONS.anywhere}
        <h2 className={styles.headTitle}>{t("designer.anywhere.title")}</h2>
      </div>
      <p className={styles.about}>{t("designer.anywhere.hint")}</p>
      <BranchFields source={ANYWHERE} node={null} ways={ways} hint={t("designer.anywhere.branches")} />
      <KeyFields source={ANYWHERE} node={null} ways={ways} />
      <Field label={t("designer.anywhere.repeat")} hint={t("designer.anywhere.repeatHint")}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            style={{ width: "100%" }}
            value={listed(content.anywhere?.repeat)}
            options={meanings(content)}
            onChange={(repeat: string[]) =>
              edit((old) => ({ ...old, anywhere: { ...old.anywhere, repeat } }))
            }
          />
        )}
      </Field>
      <SingleWay
        source={ANYWHERE}
        way={ways.find(({ kind }) => kind === "stuck")}
        label={t("designer.way.stuck")}
        hint={t("designer.anywhere.stuckHint")}
        none={t("designer.anywhere.stuckNone")}
      />
      <SingleWay
        source={ANYWHERE}
        way={ways.find(({ kind }) => kind === "give_up")}
        label={t("designer.way.give_up")}
        hint={t("designer.anywhere.giveUpHint")}
      />
      {questions.length > 0 ? (
        <Group title={t("designer.anywhere.questions")}>
          {questions.map((way) => (
            <WayRow key={way.id} source={ANYWHERE} node={null} way={way} />
          ))}
        </Group>
      ) : null}
    </>
  );
}
