import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import { Tag } from "antd";
import type { ReactNode } from "react";
import { Trans, useTranslation } from "react-i18next";
import type { Delivery, DeliveryState as State } from "@/api/webhooks";
import { Time } from "@/parts/Time";

const LOOKS: Record<State, { icon: ReactNode; color: string }> = {
  waiting: { icon: <ClockCircleOutlined />, color: "processing" },
  delivered: { icon: <CheckCircleOutlined />, color: "success" },
  failed: { icon: <CloseCircleOutlined />, color: "error" },
};

const FAILURES = ["refused_address", "name", "connection", "encryption", "timeout", "protocol"] as const;

/** What the receiver said last, or why it said nothing. */
export function useAnswerWords(): (delivery: Delivery) => string {
  const { t } = useTranslation();
  return ({ failure, status, tries }) => {
    const known = FAILURES.find((one) => one === failure);
    if (known) return t(`webhookFailure.${known}`);
    if (failure) return failure;
    if (status !== null) return t("webhook.answered", { status });
    return tries === 0 ? t("webhook.notSent") : t("webhook.noAnswer");
  };
}

/** How far a delivery got; while it waits after a failure, when it is tried next. */
export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { icon, color } = LOOKS[delivery.state];
  const again = delivery.state === "waiting" && delivery.tried_at !== null;
  return (
    <>
      <Tag icon={icon} color={color}>
        {t(`deliveryState.${delivery.state}`)}
      </Tag>
      {again ? (
        <div className="quiet">
          <Trans i18nKey="webhook.nextTry" components={{ at: <Time at={delivery.next_at} /> }} />
        </div>
      ) : null}
    </>
  );
}
