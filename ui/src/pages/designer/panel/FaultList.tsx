import { CloseCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { ScriptFault } from "@/api/model";
import { UNCONNECTED } from "../script/content";
import { useDesk } from "../state/DesignContext";
import styles from "./FaultList.module.css";

/** A fault as its author reads it: what the server says, and in plain words what the designer knows better. */
export function useFaultText(): (fault: ScriptFault) => { message: string; remedy: string } {
  const { t } = useTranslation();
  return ({ rule, message, remedy }) => {
    if (message.includes("'unwritten'")) return { message: t("designer.fault.unwritten"), remedy: "" };
    if (rule === "missing-target" && message.includes(`'${UNCONNECTED}'`))
      return { message: t("designer.fault.unconnected", { way: message.split(" leads to")[0] }), remedy: "" };
    return { message, remedy };
  };
}

/** What keeps the script from being published; each leads to where it is. */
export function FaultList({ faults }: { faults: readonly ScriptFault[] }) {
  const { t } = useTranslation();
  const { dispatch } = useDesk();
  const words = useFaultText();
  const open = ({ node, path }: ScriptFault) => {
    dispatch({ type: "path", path: path.length > 1 ? path : [] });
    if (node) dispatch({ type: "goto", name: node });
  };
  return (
    <ul className={styles.list}>
      {faults.map((fault) => {
        const { message, remedy } = words(fault);
        return (
          <li key={`${fault.node}/${fault.rule}/${fault.field}/${fault.message}`}>
            <button type="button" className={styles.fault} disabled={!fault.node} onClick={() => open(fault)}>
              <CloseCircleFilled className={styles.icon} />
              <span>
                <strong>{fault.node ?? t("designer.fault.script")}</strong>
                <span className={styles.message}>{message}</span>
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
