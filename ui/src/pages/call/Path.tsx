import { useTranslation } from "react-i18next";
import type { Step } from "@/api/model";
import { Panel } from "@/parts/Panel";
import { clockLength } from "@/parts/times";
import styles from "./CallPage.module.css";

interface Props {
  steps: readonly Step[];
  onSeek: ((ms: number) => void) | null;
}

/** The way the call took through its script. */
export function Path({ steps, onSeek }: Props) {
  const { t } = useTranslation();
  if (steps.length === 0) return null;
  return (
    <Panel title={t("call.path")}>
      <ol className={styles.path} aria-label={t("call.path")}>
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a path never changes, and a node may come twice at one moment
          <li key={index}>
            {onSeek ? (
              <button type="button" data-turn={`step-${index}`} onClick={() => onSeek(step.at_ms)}>
                {step.title || step.node}
              </button>
            ) : (
              <span>{step.title || step.node}</span>
            )}
            <span className="quiet number">{clockLength(step.at_ms)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
