import type { ReactNode } from "react";
import styles from "./Page.module.css";

interface PageProps {
  title: ReactNode;
  /** For the browser's tab where `title` isn't plain words. */
  tab?: string;
  /** One line that says what the page is for. */
  about?: ReactNode;
  action?: ReactNode;
  above?: ReactNode;
  children: ReactNode;
}

/** Every page's frame: title, what it is for, one primary action at the top right. */
export function Page({ title, tab, about, action, above, children }: PageProps) {
  return (
    <>
      <title>{`${tab ?? (typeof title === "string" ? title : "")} · Callwright`}</title>
      {above}
      <header className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.title}>{title}</h1>
          {about ? <p className={styles.about}>{about}</p> : null}
        </div>
        {action ? <div className={styles.action}>{action}</div> : null}
      </header>
      {children}
    </>
  );
}
