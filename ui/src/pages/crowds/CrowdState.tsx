import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  MinusCircleOutlined,
  SyncOutlined,
  WarningOutlined,
} from "@ant-design/icons";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { Crowd } from "@/api/model";

/** Where a crowd stands; once it is done, whether the script passed. */
export function CrowdState({ crowd }: { crowd: Crowd }) {
  const { t } = useTranslation();
  if (crowd.state === "done") {
    const needed = crowd.marks.people;
    if (crowd.mode === "text" && !crowd.passed && crowd.people < needed)
      return (
        <Tag color="warning" icon={<WarningOutlined />}>
          {t("crowd.tooFew", { people: needed })}
        </Tag>
      );
    if (crowd.changed_since)
      return (
        <Tag icon={<MinusCircleOutlined />}>
          {t(crowd.passed ? "crowd.passedBefore" : "crowd.notPassedBefore")}
        </Tag>
      );
    return crowd.passed ? (
      <Tag color="success" icon={<CheckCircleOutlined />}>
        {t("crowd.passed")}
      </Tag>
    ) : (
      <Tag color="error" icon={<CloseCircleOutlined />}>
        {t("crowd.notPassed")}
      </Tag>
    );
  }
  const icons = {
    waiting: <ClockCircleOutlined />,
    running: <SyncOutlined spin />,
    failed: <WarningOutlined />,
    cancelled: <MinusCircleOutlined />,
  };
  return <Tag icon={icons[crowd.state]}>{t(`crowdState.${crowd.state}`)}</Tag>;
}
