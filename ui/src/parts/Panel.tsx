import type { ReactNode } from "react";
import styles from "./Page.module.css";

interface PanelProps {
  title?: ReactNode;
  extra?: ReactNode;
  padded?: boolean;
  className?: string;
  children: ReactNode;
}

/** A quiet surface on which one thing stands. */
export function Panel({ title, extra, padded = true, className = "", children }: PanelProps) {
  const classes = [styles.panel, padded ? styles.padded : "", className].join(" ");
  return (
    <section className={classes}>
      {title ? (
        <div className={styles.panelHead}>
          <h2 className={styles.panelTitle}>{title}</h2>
          {extra}
        </div>
      ) : null}
      {children}
    </section>
  );
}

export const Filters = ({ children, label }: { children: ReactNode; label: string }) => (
  <search className={styles.filters} aria-label={label}>
    {children}
  </search>
);
