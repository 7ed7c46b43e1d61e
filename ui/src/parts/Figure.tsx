import type { ReactNode } from "react";
import styles from "./Figure.module.css";

interface Props {
  name: string;
  value: ReactNode;
  note?: ReactNode;
  hint?: string;
  /** It has gone beyond what was set. */
  warns?: boolean;
}

/** One number with its name, and what it is a part of. */
export function Figure({ name, value, note, hint, warns = false }: Props) {
  return (
    <div className={styles.figure} title={hint}>
      <dt className={styles.name}>{name}</dt>
      <dd style={{ margin: 0 }}>
        <div className={`${styles.value} ${warns ? styles.warns : ""}`}>{value}</div>
        <div className={styles.note}>{note}</div>
      </dd>
    </div>
  );
}

/** Figures side by side, in as many rows as the width asks for. */
export const FigureRow = ({ children }: { children: ReactNode }) => (
  <dl className={styles.row} style={{ margin: 0 }}>
    {children}
  </dl>
);
