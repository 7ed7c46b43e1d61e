import { useQuery } from "@tanstack/react-query";
import { Alert, QRCode } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { chatQueries, type WeChatCode } from "@/api/chats";
import { useMay } from "@/app/session";
import { ProblemNote } from "@/parts/ProblemPage";
import styles from "./chats.module.css";

/** The company has no official account yet: who can register one, and where. */
export function NoAccount() {
  const { t } = useTranslation();
  const keeps = useMay("keep_wechat");
  return (
    <Alert
      type="info"
      showIcon
      style={{ marginBlockEnd: 16 }}
      title={t("wechat.none")}
      description={keeps ? <Link to="/chats/wechat">{t("wechat.register")}</Link> : t("wechat.askOwner")}
    />
  );
}

interface Props {
  code: WeChatCode & { url: string };
  onBound: () => void;
}

/** A code that WeChat made, until somebody scanned it. */
export function ScanCode({ code, onBound }: Props) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(chatQueries.code(code.id));
  const state = data?.state ?? code.state;
  useEffect(() => {
    if (state === "bound") onBound();
  }, [state, onBound]);
  return (
    <section className={styles.code} aria-label={t("wechat.code")}>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {state === "too_many" ? <Alert type="error" showIcon title={t("wechat.tooMany")} /> : null}
      {state === "expired" ? <Alert type="warning" showIcon title={t("wechat.expired")} /> : null}
      {state === "waiting" ? (
        <>
          <QRCode value={code.url} size={220} color="#000" bgColor="#fff" type="svg" />
          <p role="status">{t("wechat.scan")}</p>
          <p className="quiet">{t("wechat.until")}</p>
        </>
      ) : null}
    </section>
  );
}
