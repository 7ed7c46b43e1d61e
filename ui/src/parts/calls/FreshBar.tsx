import { Button } from "antd";
import { useTranslation } from "react-i18next";
import styles from "./calls.module.css";

interface Props {
  waiting: number;
  show: () => void;
}

/** Says that the list is behind; takes no room while it isn't. */
export function FreshBar({ waiting, show }: Props) {
  const { t } = useTranslation();
  return (
    <div role="status" className={styles.fresh}>
      {waiting > 0 ? (
        <Button type="link" size="small" onClick={show}>
          {t("call.newCalls", { count: waiting })}
        </Button>
      ) : null}
    </div>
  );
}
