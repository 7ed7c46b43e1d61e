import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { ScriptFault } from "@/api/model";
import { useScriptFaultWords } from "@/parts/script-fault-words";
import faultStyles from "../designer/panel/FaultList.module.css";
import { BRIEF_SECTIONS, sectionOf } from "../designer/script/brief";
import type { Content } from "../designer/script/content";
import { useDesk } from "../designer/state/DesignContext";
import { NoLanguageModel } from "../scripting/NoLanguageModel";
import styles from "./Brief.module.css";
import { countsOf } from "./counts";

export const sectionId = (section: string): string => `brief-${section}`;

export const placeOf = (content: Content, { field, values }: ScriptFault) =>
  sectionOf(content, field ?? "", (values as { text?: string }).text);

/** Brings the field of a fault into view: its own, else its section's first. */
function show(section: string, field: string): void {
  const place = document.getElementById(sectionId(section));
  if (!place) return;
  const own = place.querySelector(`[data-field="${CSS.escape(field)}"]`) ?? place;
  own.scrollIntoView({ block: own === place ? "start" : "center" });
  own.querySelector<HTMLElement>("input, textarea, button:not([disabled])")?.focus({ preventScroll: true });
}

function Faults() {
  const { t } = useTranslation();
  const { content, faults, checked } = useDesk();
  const words = useScriptFaultWords();
  if (faults.length === 0)
    return (
      <p>
        {checked ? <CheckCircleFilled style={{ color: "var(--state-connected)" }} /> : null}{" "}
        {checked ? t("brief.ready") : t("designer.faults.checking")}
      </p>
    );
  return (
    <ul className={faultStyles.list}>
      {faults.map((fault) => {
        const { what, remedy } = words(fault);
        const section = placeOf(content, fault);
        return (
          <li key={`${fault.rule}/${fault.field}/${fault.message}`}>
            <button
              type="button"
              className={faultStyles.fault}
              onClick={() => section && show(section, fault.field ?? "")}
            >
              <CloseCircleFilled className={faultStyles.icon} />
              <span>
                <strong>{section ? t(`brief.section.${section}`) : t("designer.fault.script")}</strong>
                <span className={faultStyles.message}>{what}</span>
                {remedy ? <span className={faultStyles.remedy}>{remedy}</span> : null}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** What the call will be, in a sentence; the way to each section; what is to be mended. */
export function Aside({ faultsId }: { faultsId: string }) {
  const { t } = useTranslation();
  const { content, faults } = useDesk();
  const { company, caller, collect = {}, brief } = content;
  const atFault = new Set(faults.map((fault) => placeOf(content, fault)));
  const counts = countsOf(content);
  const labels = Object.values(collect).map(({ label }) => label);
  return (
    <aside className={styles.aside} aria-label={t("brief.summary.name")}>
      <NoLanguageModel />
      <p className={styles.summary}>
        {t("brief.summary.who", { company, caller })}{" "}
        {labels.length > 0
          ? t("brief.summary.collects", { what: labels.join(t("brief.comma")) })
          : t("brief.summary.collectsNone")}{" "}
        {t("brief.summary.knows", { count: brief?.facts?.length ?? 0 })}
      </p>
      <nav aria-label={t("designer.section.name")}>
        <ul className={styles.nav}>
          {BRIEF_SECTIONS.map((section) => (
            <li key={section}>
              <a
                href={`#${sectionId(section)}`}
                className={atFault.has(section) ? styles.bad : ""}
                onClick={(event) => {
                  event.preventDefault();
                  show(section, "");
                }}
              >
                <span>
                  {atFault.has(section) ? "⚠ " : ""}
                  {t(`brief.section.${section}`)}
                </span>
                <span className="quiet number">{counts[section] ?? ""}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <section id={faultsId} aria-live="polite">
        <Faults />
      </section>
    </aside>
  );
}
