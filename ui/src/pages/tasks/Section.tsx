import type { ReactNode } from "react";
import styles from "./NewTask.module.css";

interface Props {
  title: string;
  hint?: ReactNode;
  children: ReactNode;
}

/** One part of a long form. */
export const Section = ({ title, hint, children }: Props) => (
  <section className={styles.section}>
    <h3 className={styles.sectionTitle}>{title}</h3>
    {hint ? <p className="quiet">{hint}</p> : null}
    {children}
  </section>
);
