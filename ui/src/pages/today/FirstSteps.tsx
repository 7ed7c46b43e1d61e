import { CheckCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { Beginning } from "@/api/today";
import { useMay, useWhyNoNewLine, useWhyNot, useWhyNotChange } from "@/app/session";
import { LinkButton } from "@/parts/LinkButton";
import { Panel } from "@/parts/Panel";
import styles from "./today.module.css";

const STEPS = ["line", "seats", "script", "task"] as const;
type Step = (typeof STEPS)[number];

/** Where each is made, and why this reader can't, if so. */
function usePlaces(): Record<Step, { to: string; whyNot: string | null }> {
  const operator = useMay("keep_installation");
  return {
    line: { to: "/lines/new", whyNot: useWhyNoNewLine() },
    seats: { to: operator ? "/companies" : "/ai-seats", whyNot: useWhyNot("keep_installation") },
    script: { to: "/scripts/new", whyNot: useWhyNot("change_scripts") },
    task: { to: "/tasks/new", whyNot: useWhyNotChange() },
  };
}

function StepItem({
  step,
  number,
  done,
  next,
}: {
  step: Step;
  number: number;
  done: boolean;
  next: boolean;
}) {
  const { t } = useTranslation();
  const { to, whyNot } = usePlaces()[step];
  return (
    <li className={styles.step} aria-current={next ? "step" : undefined}>
      <span className={styles.mark}>
        {done ? <CheckCircleFilled className={styles.done} aria-label={t("first.done")} /> : number}
      </span>
      <div className={styles.stepWords}>
        <strong>{t(`first.${step}.title`)}</strong>
        <span className="quiet">{t(`first.${step}.hint`)}</span>
      </div>
      {done ? null : (
        <LinkButton to={to} primary={next && !whyNot} whyNot={whyNot}>
          {t(`first.${step}.act`)}
        </LinkButton>
      )}
    </li>
  );
}

/** What a company still needs for its first call, in the order in which it is needed. */
export function FirstSteps({ done }: { done: Beginning }) {
  const { t } = useTranslation();
  const next = STEPS.find((step) => !done[step]);
  return (
    <Panel title={t("first.title")}>
      <ol className={styles.steps}>
        {STEPS.map((step, at) => (
          <StepItem key={step} step={step} number={at + 1} done={done[step]} next={step === next} />
        ))}
      </ol>
    </Panel>
  );
}
