import { InputNumber, Slider } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../panel/Field";
import { TargetSelect } from "../panel/TargetSelect";
import { WordingsField } from "../panel/WordingsField";
import { ANYWHERE, type Limits, UNCONNECTED, type Wordings, without } from "../script/content";
import { useDesk } from "../state/DesignContext";
import styles from "./sections.module.css";

const COUNTS = [
  { field: "silences", usual: 2, most: 5, least: 0 },
  { field: "not_understood", usual: 2, most: 5, least: 0 },
  { field: "repeats", usual: 2, most: 5, least: 1 },
  { field: "turns", usual: 20, most: 100, least: 1 },
] as const;
const SHARES = [
  { field: "floor", usual: 0.33 },
  { field: "answer_floor", usual: null },
  { field: "sure", usual: 0.6 },
] as const;

/** What is said before a question is asked again, and when a call is given up. */
export function Phrases() {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const { phrases = {}, limits } = content;
  const phrase = (name: "silence" | "not_understood", text: Wordings | undefined) =>
    edit(
      (old) => ({
        ...old,
        phrases: text ? { ...old.phrases, [name]: text } : without(old.phrases ?? {}, name),
      }),
      `phrases.${name}`,
    );
  const limit = (name: keyof Limits, value: number | null) => {
    if (value !== null)
      edit((old) => ({ ...old, limits: { ...old.limits, [name]: value } }), `limits.${name}`);
  };
  return (
    <>
      <p className={styles.about}>{t("designer.phrases.about")}</p>
      <WordingsField
        label={t("designer.phrases.silence")}
        value={phrases.silence}
        hint={t("designer.phrases.hint")}
        onChange={(text) => phrase("silence", text)}
      />
      <WordingsField
        label={t("designer.phrases.notUnderstood")}
        value={phrases.not_understood}
        hint={t("designer.phrases.hint")}
        onChange={(text) => phrase("not_understood", text)}
      />
      <h3 className={styles.heading}>{t("designer.limits.title")}</h3>
      <div className={styles.pair}>
        {COUNTS.map(({ field, usual, least, most }) => (
          <Field key={field} label={t(`designer.limits.${field}`)} hint={t(`designer.limits.${field}Hint`)}>
            {(id) => (
              <InputNumber
                id={id}
                min={least}
                max={most}
                precision={0}
                value={limits[field] ?? usual}
                onChange={(value) => limit(field, value)}
              />
            )}
          </Field>
        ))}
        <Field label={t("designer.way.stuck")} hint={t("designer.anywhere.stuckHint")}>
          {(id) => (
            <TargetSelect
              id={id}
              label={t("designer.way.stuck")}
              source={ANYWHERE}
              way="stuck"
              target={limits.stuck ?? ""}
              none={t("designer.anywhere.stuckNone")}
            />
          )}
        </Field>
        <Field label={t("designer.way.give_up")} hint={t("designer.anywhere.giveUpHint")}>
          {(id) => (
            <TargetSelect
              id={id}
              label={t("designer.way.give_up")}
              source={ANYWHERE}
              way="give_up"
              target={limits.give_up === UNCONNECTED ? "" : limits.give_up}
            />
          )}
        </Field>
        {SHARES.map(({ field, usual }) => (
          <Field key={field} label={t(`designer.limits.${field}`)} hint={t(`designer.limits.${field}Hint`)}>
            {() => (
              <Slider
                min={0}
                max={1}
                step={0.01}
                value={limits[field] ?? usual ?? limits.floor ?? 0.33}
                ariaLabelForHandle={t(`designer.limits.${field}`)}
                onChange={(value) => limit(field, value)}
              />
            )}
          </Field>
        ))}
      </div>
    </>
  );
}
