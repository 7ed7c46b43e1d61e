import { Input } from "antd";
import { type ReactNode, useEffect, useId, useState } from "react";
import styles from "./panel.module.css";

interface FieldProps {
  label: string;
  /** What it does, in a sentence. */
  hint?: ReactNode;
  error?: string | null;
  extra?: ReactNode;
  children: (id: string) => ReactNode;
}

/** A labelled control with what it does under it, and what is wrong with it in place of that. */
export function Field({ label, hint, error, extra, children }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <div className={styles.labelRow}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {extra}
      </div>
      {children(id)}
      {error ? (
        <p className={styles.error} role="alert">
          {error}
        </p>
      ) : hint ? (
        <p className={styles.hint}>{hint}</p>
      ) : null}
    </div>
  );
}

interface GroupProps {
  title: string;
  hint?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
}

/** Controls that belong together. */
export function Group({ title, hint, extra, children }: GroupProps) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{title}</legend>
      {extra ? <div className={styles.groupExtra}>{extra}</div> : null}
      {hint ? <p className={styles.hint}>{hint}</p> : null}
      {children}
    </fieldset>
  );
}

interface SettledProps {
  label: string;
  value: string;
  /** Why what was typed can't be; null when it can. */
  fault: (text: string) => string | null;
  onSettle: (text: string) => void;
  hint?: ReactNode;
  maxLength?: number;
  disabled?: boolean;
}

/** A text that is taken when the field is left or Enter pressed, and only when it can be. */
export function SettledField({ label, value, fault, onSettle, hint, maxLength, disabled }: SettledProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const error = text === value ? null : fault(text.trim());
  const settle = () => {
    if (text.trim() === value) setText(value);
    else if (fault(text.trim()) === null) onSettle(text.trim());
  };
  return (
    <Field label={label} hint={hint} error={error}>
      {(id) => (
        <Input
          id={id}
          value={text}
          maxLength={maxLength}
          disabled={disabled}
          status={error ? "error" : ""}
          aria-invalid={error !== null}
          onChange={(event) => setText(event.target.value)}
          onBlur={settle}
          onPressEnter={settle}
          onKeyDown={(event) => {
            if (event.key === "Escape") setText(value);
          }}
        />
      )}
    </Field>
  );
}
