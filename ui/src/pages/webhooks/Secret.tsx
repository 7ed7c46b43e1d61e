import { Alert, Typography } from "antd";
import { useTranslation } from "react-i18next";

/** What signs from now on: it stands here this once. */
export function Secret({ secret }: { secret: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="success"
      showIcon
      title={t("webhook.secretTitle")}
      description={
        <>
          <p>{t("webhook.secretOnce")}</p>
          <Typography.Text copyable code style={{ overflowWrap: "anywhere" }}>
            {secret}
          </Typography.Text>
        </>
      }
    />
  );
}
