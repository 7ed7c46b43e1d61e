import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Grade } from "@/parts/Grade";
import { ConditionEditor } from "../panel/ConditionEditor";
import { SettledField } from "../panel/Field";
import type { Content, GradeRule } from "../script/content";
import { freeName } from "../script/edit";
import { renameGrade } from "../script/references";
import { useDesk } from "../state/DesignContext";
import { useConditionWords } from "../words/condition-words";
import { Ordered } from "./Ordered";
import styles from "./sections.module.css";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

const withGrades = (content: Content, part: Partial<Content["grades"]>): Content => ({
  ...content,
  grades: { ...content.grades, ...part },
});

function Names() {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const { names, rules = [], default: usual } = content.grades;
  const grades = Object.keys(names);
  const used = new Set([usual.grade, ...rules.map(({ grade }) => grade)]);
  const put = (entries: [string, string][]) =>
    edit((old) => withGrades(old, { names: Object.fromEntries(entries) }));
  const add = () => {
    const letter = LETTERS.find((one) => !grades.includes(one)) ?? freeName((one) => one in names, "grade");
    put([...Object.entries(names), [letter, t("designer.grades.newName")]]);
  };
  return (
    <>
      <Ordered
        items={Object.entries(names)}
        keyOf={(_, index) => `${index}`}
        nameOf={([grade]) => grade}
        least={used.size}
        disabled={whyNot !== null}
        onChange={(entries) => {
          const left = new Set(entries.map(([grade]) => grade));
          if ([...used].every((grade) => left.has(grade))) put(entries);
        }}
      >
        {([grade, label], index) => (
          <div className={styles.pair} style={{ gridTemplateColumns: "auto 110px minmax(0, 1fr)" }}>
            <Grade grade={grade} grades={grades} />
            <SettledField
              label={t("designer.grades.letter")}
              value={grade}
              maxLength={20}
              fault={(text) => {
                if (!text) return t("designer.needed");
                return text in names ? t("designer.name.taken", { name: text }) : null;
              }}
              onSettle={(next) => edit((old) => renameGrade(old, grade, next))}
            />
            <SettledField
              label={t("designer.grades.meaning")}
              value={label}
              maxLength={120}
              fault={(text) => (text ? null : t("designer.needed"))}
              onSettle={(text) =>
                put(Object.entries(names).map((one, place) => (place === index ? [grade, text] : one)))
              }
            />
          </div>
        )}
      </Ordered>
      <Button icon={<PlusOutlined />} disabled={whyNot !== null} onClick={add}>
        {t("designer.grades.add")}
      </Button>
    </>
  );
}

function GradeSelect({ value, onChange }: { value: string; onChange: (grade: string) => void }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const { names } = content.grades;
  return (
    <Select
      size="small"
      style={{ width: 170 }}
      aria-label={t("designer.grades.grade")}
      value={value}
      status={value in names ? "" : "error"}
      options={Object.entries(names).map(([grade, label]) => ({
        value: grade,
        label: `${grade} · ${label}`,
      }))}
      onChange={onChange}
    />
  );
}

function Rule({ rule, index }: { rule: GradeRule; index: number }) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const words = useConditionWords(content);
  const put = (part: Partial<GradeRule>, key: string) =>
    edit((old) => {
      const rules = (old.grades.rules ?? []).map((one, place) =>
        place === index ? { ...one, ...part } : one,
      );
      return withGrades(old, { rules });
    }, `rule.${index}.${key}`);
  return (
    <details className="rule">
      <summary>
        <span className={styles.row} style={{ display: "inline-flex" }}>
          <Grade grade={rule.grade} grades={Object.keys(content.grades.names)} />
          <strong>{rule.because}</strong>
          <span className="quiet">{words(rule.when)}</span>
        </span>
      </summary>
      <div className={styles.row} style={{ marginBlock: 8 }}>
        <GradeSelect value={rule.grade} onChange={(grade) => put({ grade }, "grade")} />
        <Input
          size="small"
          style={{ flex: 1, minWidth: 200 }}
          maxLength={120}
          aria-label={t("designer.grades.because")}
          value={rule.because}
          status={rule.because.trim() ? "" : "error"}
          onChange={(event) => put({ because: event.target.value }, "because")}
        />
      </div>
      <ConditionEditor when={rule.when} afterwards onChange={(when) => put({ when }, "when")} />
    </details>
  );
}

/** The grades, and by which rules a call gets one. */
export function Grades() {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const { names, rules = [], default: usual } = content.grades;
  const add = () =>
    edit((old) =>
      withGrades(old, {
        rules: [
          ...(old.grades.rules ?? []),
          {
            grade: Object.keys(names)[0] ?? "A",
            because: t("designer.grades.newRule"),
            when: { turns_at_least: 1 },
          },
        ],
      }),
    );
  return (
    <>
      <p className={styles.about}>{t("designer.grades.about")}</p>
      <Names />
      <h3 className={styles.heading}>{t("designer.grades.rules")}</h3>
      <p className={styles.about}>{t("designer.grades.rulesHint")}</p>
      <Ordered
        items={rules}
        keyOf={(_, index) => `${index}`}
        nameOf={({ because }) => because}
        disabled={whyNot !== null}
        onChange={(next) => edit((old) => withGrades(old, { rules: next }))}
      >
        {(rule, index) => <Rule rule={rule} index={index} />}
      </Ordered>
      <Button icon={<PlusOutlined />} disabled={whyNot !== null} onClick={add}>
        {t("designer.grades.addRule")}
      </Button>
      <h3 className={styles.heading}>{t("designer.grades.default")}</h3>
      <div className={styles.row}>
        <GradeSelect
          value={usual.grade}
          onChange={(grade) => edit((old) => withGrades(old, { default: { ...old.grades.default, grade } }))}
        />
        <Input
          size="small"
          style={{ flex: 1, minWidth: 200 }}
          maxLength={120}
          aria-label={t("designer.grades.because")}
          value={usual.because}
          status={usual.because.trim() ? "" : "error"}
          onChange={({ target: { value } }) =>
            edit(
              (old) => withGrades(old, { default: { ...old.grades.default, because: value } }),
              "default.because",
            )
          }
        />
      </div>
    </>
  );
}
