import { CheckCircleOutlined, MinusCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import { Trans, useTranslation } from "react-i18next";
import type { Webhook } from "@/api/webhooks";
import { Time } from "@/parts/Time";

/** Whether a webhook is on and gets through, and since when it doesn't. */
export function WebhookStanding({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  if (webhook.given_up_at)
    return (
      <>
        <Tag icon={<WarningOutlined />} color="error">
          {t("webhook.givenUp")}
        </Tag>
        <div className="quiet">
          <Trans i18nKey="webhook.givenUpAt" components={{ at: <Time at={webhook.given_up_at} /> }} />
        </div>
      </>
    );
  if (!webhook.active) return <Tag icon={<MinusCircleOutlined />}>{t("webhook.off")}</Tag>;
  if (webhook.failing_since)
    return (
      <>
        <Tag icon={<WarningOutlined />} color="warning">
          {t("webhook.failing")}
        </Tag>
        <div className="quiet">
          <Trans i18nKey="webhook.failingSince" components={{ at: <Time at={webhook.failing_since} /> }} />
        </div>
      </>
    );
  return (
    <Tag icon={<CheckCircleOutlined />} color="success">
      {t("webhook.on")}
    </Tag>
  );
}
