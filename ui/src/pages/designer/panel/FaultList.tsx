import { CloseCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { ScriptFault } from "@/api/model";
import { ANYWHERE } from "../script/content";
import { type Section, useSection } from "../sections/SectionDrawer";
import { useDesk } from "../state/DesignContext";
import { useFaultWords } from "../words/fault-words";
import styles from "./FaultList.module.css";

/** Where in the script a fault of no node is mended. */
const PLACES: Record<string, Section | typeof ANYWHERE> = {
  anywhere: ANYWHERE,
  company: "settings",
  caller: "settings",
  grades: "grades",
  intents: "intents",
  knowledge: "knowledge",
  limits: "phrases",
  phrases: "phrases",
  variables: "variables",
  voice: "voice",
};

/** What keeps the script from being published; each leads to where it is mended. */
export function FaultList({ faults }: { faults: readonly ScriptFault[] }) {
  const { t } = useTranslation();
  const { dispatch } = useDesk();
  const [, openSection] = useSection();
  const words = useFaultWords();
  const open = ({ node, path, field }: ScriptFault) => {
    dispatch({ type: "path", path: path.length > 1 ? path : [] });
    if (node) {
      dispatch({ type: "goto", name: node });
      return;
    }
    const place = PLACES[field?.split(".")[0] ?? ""];
    if (place === ANYWHERE) dispatch({ type: "goto", name: ANYWHERE });
    else if (place) openSection(place);
  };
  return (
    <ul className={styles.list}>
      {faults.map((fault) => {
        const { what, remedy } = words(fault);
        return (
          <li key={`${fault.node}/${fault.rule}/${fault.field}/${fault.message}`}>
            <button type="button" className={styles.fault} onClick={() => open(fault)}>
              <CloseCircleFilled className={styles.icon} />
              <span>
                <strong>{fault.node ?? t("designer.fault.script")}</strong>
                <span className={styles.message}>{what}</span>
                {remedy ? <span className={styles.remedy}>{remedy}</span> : null}
                {fault.path.length > 1 ? <span className={styles.path}>{fault.path.join(" → ")}</span> : null}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
