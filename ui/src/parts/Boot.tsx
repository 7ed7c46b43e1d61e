import { useTranslation } from "react-i18next";
import styles from "./Boot.module.css";

/** What stands on the screen before it is known who is there. */
export function Boot() {
  const { t } = useTranslation();
  return (
    <output className={styles.boot} aria-label={t("state.loading")}>
      <img src="/favicon.svg" alt="" width={48} height={48} />
    </output>
  );
}
