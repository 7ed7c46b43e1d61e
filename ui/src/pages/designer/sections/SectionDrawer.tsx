import { ConfigProvider, Drawer } from "antd";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { focusFirst } from "@/parts/first-focus";
import { useAddressChoice } from "@/parts/useAddressFilter";
import { CorrectionsSection } from "../corrections/CorrectionsSection";
import { useDesk } from "../state/DesignContext";
import { Grades } from "./Grades";
import { Intents } from "./Intents";
import { KnowledgeSection } from "./KnowledgeSection";
import { Phrases } from "./Phrases";
import { Settings } from "./Settings";
import { UnansweredSection } from "./UnansweredSection";
import { Variables } from "./Variables";
import { VoiceSection } from "./VoiceSection";

export const SECTIONS = [
  "intents",
  "knowledge",
  "variables",
  "phrases",
  "grades",
  "voice",
  "settings",
  "unanswered",
  "corrections",
] as const;
export type Section = (typeof SECTIONS)[number];

const PARTS: Record<Section, ComponentType> = {
  intents: Intents,
  knowledge: KnowledgeSection,
  variables: Variables,
  phrases: Phrases,
  grades: Grades,
  voice: VoiceSection,
  settings: Settings,
  unanswered: UnansweredSection,
  corrections: CorrectionsSection,
};

/** Which part of the script as a whole is open: it stands in the address. */
export const useSection = () => useAddressChoice("part", SECTIONS);

/** What belongs to the script as a whole, over the drawing. */
export function SectionDrawer() {
  const { t } = useTranslation();
  const { whyNot } = useDesk();
  const [section, open] = useSection();
  const Part = section ? PARTS[section] : null;
  return (
    <Drawer
      open={section !== null}
      title={section ? t(`designer.section.${section}`) : ""}
      size="min(920px, 100vw)"
      onClose={() => open(null)}
      afterOpenChange={(opened) => opened && focusFirst()}
      destroyOnHidden
    >
      <ConfigProvider componentDisabled={whyNot !== null}>
        <div data-first>{Part ? <Part /> : null}</div>
      </ConfigProvider>
    </Drawer>
  );
}
