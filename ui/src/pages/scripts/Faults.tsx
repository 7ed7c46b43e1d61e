import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { ScriptFault } from "@/api/model";
import type { Problem } from "@/api/problem";
import { useScriptFaultWords } from "@/parts/script-fault-words";

/** The faults that a refusal carries; empty when it was refused for another reason. */
export const faultsOf = (problem: Problem): ScriptFault[] => problem.body.faults ?? [];

/** What stands against publishing a script: where, what, and what to do about it. */
export function Faults({ faults }: { faults: readonly ScriptFault[] }) {
  const { t } = useTranslation();
  const words = useScriptFaultWords();
  if (faults.length === 0) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t("script.faults", { count: faults.length })}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {faults.map((fault) => (
            <li key={`${fault.node}/${fault.rule}/${fault.message}`}>
              {fault.node ? <strong>{fault.node}: </strong> : null}
              {words(fault).what} <span className="quiet">{words(fault).remedy}</span>
              {fault.path.length > 1 ? <div className="quiet">{fault.path.join(" → ")}</div> : null}
            </li>
          ))}
        </ul>
      }
    />
  );
}
