import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";

/** The shape of a page while its first answer is on the way. */
export function PageSkeleton({ rows = 8 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("state.loading")}>
      <Skeleton active title={{ width: 240 }} paragraph={{ rows: 1, width: "min(420px, 100%)" }} />
      <Skeleton active title={false} paragraph={{ rows, width: "100%" }} style={{ marginBlockStart: 24 }} />
    </div>
  );
}
