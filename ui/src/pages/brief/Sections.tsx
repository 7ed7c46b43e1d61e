import { Checkbox, Input, Select } from "antd";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useScriptFaultWords } from "@/parts/script-fault-words";
import { Field } from "../designer/panel/Field";
import { PromptField } from "../designer/panel/PromptField";
import { BRIEF_SECTIONS, type BriefSection } from "../designer/script/brief";
import { DISCLOSURES, type Disclosure, listed } from "../designer/script/content";
import { Grades } from "../designer/sections/Grades";
import { Intents } from "../designer/sections/Intents";
import { KnowledgeSection } from "../designer/sections/KnowledgeSection";
import { Settings } from "../designer/sections/Settings";
import { UnansweredSection } from "../designer/sections/UnansweredSection";
import { Variables } from "../designer/sections/Variables";
import { VoiceSection } from "../designer/sections/VoiceSection";
import { useDesk } from "../designer/state/DesignContext";
import { placeOf, sectionId } from "./Aside";
import styles from "./Brief.module.css";
import { Collect } from "./Collect";
import { Goodbyes } from "./Goodbyes";
import { Limits } from "./Limits";
import { Messages } from "./Messages";
import { Sentences } from "./Sentences";
import { useBrief } from "./useBrief";
import { WaysOut } from "./WaysOut";

const LONGEST = 2000;
const PHRASES = ["silence", "one_moment", "not_mine_to_say"] as const;

function Purpose() {
  const { t } = useTranslation();
  const { brief, put } = useBrief();
  return (["goal", "persona"] as const).map((field) => (
    <div key={field} data-field={field}>
      <Field
        label={t(`brief.${field}.label`)}
        hint={t(`brief.${field}.hint`)}
        error={brief[field].trim() ? null : t("designer.needed")}
      >
        {(id) => (
          <Input.TextArea
            id={id}
            maxLength={LONGEST}
            autoSize={{ minRows: 3, maxRows: 12 }}
            value={brief[field]}
            onChange={({ target }) => put({ [field]: target.value }, field)}
          />
        )}
      </Field>
    </div>
  ));
}

function Who() {
  const { t } = useTranslation();
  return (
    <>
      <Settings />
      <h3 className={styles.sub}>{t("designer.section.voice")}</h3>
      <VoiceSection />
    </>
  );
}

function Opening() {
  const { t } = useTranslation();
  const { brief, put } = useBrief();
  return (
    <>
      <div data-field="opening">
        <PromptField
          label={t("brief.opening.label")}
          hint={t("brief.opening.hint")}
          value={brief.opening}
          onChange={(opening) => put({ opening }, "opening")}
        />
      </div>
      <Field label={t("designer.discloses.label")} hint={t("designer.discloses.hint")}>
        {() => (
          <Checkbox.Group<Disclosure>
            value={listed(brief.discloses) as Disclosure[]}
            options={DISCLOSURES.map((value) => ({ value, label: t(`designer.discloses.${value}`) }))}
            onChange={(discloses) => put({ discloses })}
          />
        )}
      </Field>
      <h3 className={styles.sub}>{t("designer.section.variables")}</h3>
      <div data-field="variables">
        <Variables />
      </div>
    </>
  );
}

function Facts() {
  const { t } = useTranslation();
  const { brief, put } = useBrief();
  return (
    <Sentences
      field="facts"
      add={t("brief.facts.add")}
      most={100}
      value={brief.facts ?? []}
      onChange={(facts, key) => put({ facts }, key)}
    />
  );
}

function Rails() {
  const { t } = useTranslation();
  const { brief, put } = useBrief();
  return (
    <>
      <Sentences
        field="guard_rails"
        add={t("brief.rails.add")}
        most={50}
        value={brief.guard_rails ?? []}
        onChange={(guard_rails, key) => put({ guard_rails }, key)}
      />
      <div data-field="never_say" style={{ marginBlockStart: 16 }}>
        <Field label={t("brief.never.label")} hint={t("brief.never.hint")}>
          {(id) => (
            <Select
              id={id}
              mode="tags"
              open={false}
              suffixIcon={null}
              style={{ width: "100%" }}
              tokenSeparators={[",", "，", "、", "\n"]}
              value={brief.never_say ?? []}
              onChange={(never_say: string[]) => put({ never_say })}
            />
          )}
        </Field>
      </div>
    </>
  );
}

function Knowledge() {
  const { t } = useTranslation();
  return (
    <>
      <KnowledgeSection />
      <h3 className={styles.sub}>{t("designer.section.unanswered")}</h3>
      <UnansweredSection />
    </>
  );
}

function Ways() {
  return (
    <>
      <Intents />
      <WaysOut />
    </>
  );
}

function Phrases() {
  const { t } = useTranslation();
  const { brief, put } = useBrief();
  return PHRASES.map((name) => (
    <div key={name} data-field={`phrases.${name}`}>
      <PromptField
        label={t(`brief.phrase.${name}`)}
        hint={t(`brief.phrase.${name}Hint`)}
        value={brief.phrases[name]}
        onChange={(text) => put({ phrases: { ...brief.phrases, [name]: text } }, `phrases.${name}`)}
      />
    </div>
  ));
}

const PARTS: Record<BriefSection, ComponentType> = {
  purpose: Purpose,
  who: Who,
  opening: Opening,
  facts: Facts,
  rails: Rails,
  collect: Collect,
  messages: Messages,
  knowledge: Knowledge,
  ways: Ways,
  goodbyes: Goodbyes,
  phrases: Phrases,
  limits: Limits,
  grades: Grades,
};

function FaultsHere({ section }: { section: BriefSection }) {
  const { content, faults } = useDesk();
  const words = useScriptFaultWords();
  return faults
    .filter((fault) => placeOf(content, fault) === section)
    .map((fault) => (
      <p key={`${fault.rule}/${fault.field}/${fault.message}`} className={styles.fault}>
        ⚠ {words(fault).what} {words(fault).remedy}
      </p>
    ));
}

/** The brief, part by part, in the order in which one thinks of it. */
export function Sections() {
  const { t } = useTranslation();
  return BRIEF_SECTIONS.map((section) => {
    const Part = PARTS[section];
    return (
      <section
        key={section}
        id={sectionId(section)}
        className={styles.section}
        aria-label={t(`brief.section.${section}`)}
      >
        <h2>{t(`brief.section.${section}`)}</h2>
        <p className={styles.about}>{t(`brief.about.${section}`)}</p>
        <FaultsHere section={section} />
        <Part />
      </section>
    );
  });
}
