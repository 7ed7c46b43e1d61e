import { useQuery } from "@tanstack/react-query";
import { Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { warningQueries } from "@/api/warnings";
import { useMay } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, Pager, useCursor } from "@/parts/Pager";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Filters, Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import { useAddressChoice } from "@/parts/useAddressFilter";
import { useReading } from "@/parts/warnings/useReading";
import { WarningItem } from "@/parts/warnings/WarningItem";
import styles from "@/parts/warnings/warnings.module.css";

const WHICH = ["all", "standing"] as const;

function Warnings() {
  const { t } = useTranslation();
  const [which, setWhich] = useAddressChoice("show", WHICH);
  const reading = useReading();
  const standing = which === "standing";
  const { data, error, refetch } = useQuery(
    warningQueries.list({ standing, after: useCursor(), limit: PAGE_SIZE }),
  );
  const unread = data?.items.some(({ read_at }) => read_at === null) ?? false;
  return (
    <Panel padded={false}>
      <Filters label={t("filter.name")}>
        <Segmented
          value={which ?? "all"}
          aria-label={t("warning.which")}
          options={WHICH.map((value) => ({ value, label: t(`warning.show.${value}`) }))}
          onChange={(value) => setWhich(value === "all" ? null : value)}
        />
        <Button disabled={!unread} loading={reading.isPending} onClick={() => reading.mutate(undefined)}>
          {t("warning.readAll")}
        </Button>
      </Filters>
      {reading.error ? <ProblemNote error={reading.error} /> : null}
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t("warning.none")} hint={t("warning.noneHint")} />
      ) : null}
      <ul className={styles.list} aria-label={t("warning.title")}>
        {data?.items.map((warning) => (
          <WarningItem key={warning.id} warning={warning} onOpen={() => reading.mutate([warning.id])} />
        ))}
      </ul>
      {data ? <Pager next={data.next} shown={data.items.length} /> : null}
    </Panel>
  );
}

/** Everything that one was warned of. */
export function WarningsPage() {
  const { t } = useTranslation();
  const settings = (
    <LinkButton within to="/warnings/settings">
      {t("warning.settings")}
    </LinkButton>
  );
  return (
    <Page
      title={t("warning.title")}
      about={t("warning.about")}
      action={useMay("read_settings") ? settings : undefined}
    >
      <Warnings />
      <Outlet />
    </Page>
  );
}
