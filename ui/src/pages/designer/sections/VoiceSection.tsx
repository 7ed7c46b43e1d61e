import { useQuery } from "@tanstack/react-query";
import { Button, Radio, Skeleton, Slider } from "antd";
import { useTranslation } from "react-i18next";
import { scriptRequests } from "@/api/script-requests";
import { ProblemNote } from "@/parts/ProblemPage";
import { Field } from "../panel/Field";
import { HearButton } from "../panel/HearButton";
import { type ScriptLanguage, textOf, without } from "../script/content";
import { useDesk } from "../state/DesignContext";
import styles from "./sections.module.css";

const LANGUAGES: readonly ScriptLanguage[] = ["en", "zh"];
const SLOWEST = 0.7;
const FASTEST = 1.4;

function Voices() {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const language = content.language ?? "en";
  const { data, error, refetch } = useQuery({
    queryKey: ["voices", language],
    queryFn: ({ signal }) => scriptRequests.voices(language, signal),
  });
  const entry = content.nodes[content.entry];
  const sample = (entry && textOf(entry)) || "{company}";
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 3 }} />;
  const choices = [{ name: "", label: t("designer.voice.own") }, ...data];
  return (
    <div className={styles.voices}>
      {choices.map(({ name, label }) => {
        const isChosen = (content.voice ?? "") === name;
        return (
          <div key={name} className={`${styles.voice} ${isChosen ? styles.chosen : ""}`}>
            <Button
              type="link"
              size="small"
              style={{ paddingInline: 0 }}
              aria-pressed={isChosen}
              disabled={whyNot !== null}
              onClick={() => edit((old) => (name ? { ...old, voice: name } : without(old, "voice")))}
            >
              {label}
            </Button>
            <HearButton text={sample} voice={name || undefined} />
          </div>
        );
      })}
    </div>
  );
}

/** The language of the script, and who speaks it how fast. */
export function VoiceSection() {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  return (
    <>
      <p className={styles.about}>{t("designer.voice.about")}</p>
      <Field label={t("designer.voice.language")}>
        {() => (
          <Radio.Group
            value={content.language ?? "en"}
            options={LANGUAGES.map((value) => ({ value, label: t(`designer.language.${value}`) }))}
            onChange={({ target: { value } }) =>
              edit((old) => ({ ...without(old, "voice"), language: value as ScriptLanguage }))
            }
          />
        )}
      </Field>
      <h3 className={styles.heading}>{t("designer.voice.who")}</h3>
      <Voices />
      <Field label={t("designer.voice.speed")} hint={t("designer.voice.speedHint")}>
        {() => (
          <Slider
            style={{ maxWidth: 360 }}
            min={SLOWEST}
            max={FASTEST}
            step={0.05}
            marks={{ [SLOWEST]: `${SLOWEST}×`, 1: "1×", [FASTEST]: `${FASTEST}×` }}
            value={content.speed ?? 1}
            ariaLabelForHandle={t("designer.voice.speed")}
            onChange={(speed) => edit((old) => ({ ...old, speed }), "speed")}
          />
        )}
      </Field>
    </>
  );
}
