import { BellOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Badge, Button, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { warningQueries } from "@/api/warnings";
import { EmptyState } from "@/parts/EmptyState";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { useReading } from "@/parts/warnings/useReading";
import { WarningItem } from "@/parts/warnings/WarningItem";
import styles from "@/parts/warnings/warnings.module.css";

const LATEST = 10;
const REFRESH_MS = 60_000;

function Latest({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(warningQueries.list({ after: null, limit: LATEST }));
  const reading = useReading();
  const open = (id: string) => {
    reading.mutate([id]);
    onLeave();
  };
  const unread = data?.items.some(({ read_at }) => read_at === null) ?? false;
  return (
    <div className={styles.bell}>
      <div className={styles.bellHead}>
        <strong>{t("warning.title")}</strong>
        <Button type="link" size="small" disabled={!unread} onClick={() => reading.mutate(undefined)}>
          {t("warning.readAll")}
        </Button>
      </div>
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t("warning.none")} hint={t("warning.noneHint")} />
      ) : null}
      <ul className={`${styles.list} ${styles.latest}`}>
        {data?.items.map((warning) => (
          <WarningItem key={warning.id} warning={warning} onOpen={() => open(warning.id)} />
        ))}
      </ul>
      <Link to="/warnings" className={styles.bellFoot} onClick={onLeave}>
        {t("warning.all")}
      </Link>
    </div>
  );
}

/** The bell: how many warnings are unread, and the latest of them. */
export function WarningsBell() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({ ...warningQueries.unread(), refetchInterval: REFRESH_MS });
  const unread = data?.unread ?? 0;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      styles={{ container: { padding: 0 } }}
      content={<Latest onLeave={() => setOpen(false)} />}
      destroyOnHidden
    >
      <Badge count={unread} size="small" offset={[-6, 6]}>
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={unread ? t("warning.unread", { count: unread }) : t("warning.title")}
        />
      </Badge>
    </Popover>
  );
}
