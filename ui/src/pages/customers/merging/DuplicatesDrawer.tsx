import { useQuery } from "@tanstack/react-query";
import { Button, List, Select, Space } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bookQueries, type DuplicateCustomers } from "@/api/book";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Phone } from "@/parts/Phone";
import { ProblemNote } from "@/parts/ProblemPage";

const SHOWN = 20;

function Groups({ groups }: { groups: DuplicateCustomers[] }) {
  const { t } = useTranslation();
  return (
    <List
      dataSource={groups}
      rowKey="value"
      renderItem={({ value, customers }) => (
        <List.Item
          actions={[
            <LinkButton key="merge" to={`/customers/merge/${customers.map(({ id }) => id).join(",")}`} within>
              {t("merge.open")}
            </LinkButton>,
          ]}
        >
          <List.Item.Meta
            title={value}
            description={customers.map(({ id, name, phone }) => (
              <div key={id}>
                <Phone number={phone} /> {name === value ? null : name}
              </div>
            ))}
          />
        </List.Item>
      )}
    />
  );
}

/** Customers who may be one person, as they have the name or the value of a field in common. */
export function DuplicatesDrawer() {
  const { t } = useTranslation();
  const [field, setField] = useState<string | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  const fields = useQuery(bookQueries.fields());
  const { data, error, refetch } = useQuery(bookQueries.duplicates(field, after));
  return (
    <AddressDrawer title={t("merge.duplicates")} back="/customers" width={620}>
      <p className="quiet">{t("merge.duplicatesHint")}</p>
      <Select<string>
        aria-label={t("merge.by")}
        value={field ?? ""}
        style={{ minWidth: 220 }}
        options={[
          { value: "", label: t("merge.byName") },
          ...(fields.data ?? [])
            .filter(({ retired, kind }) => !retired && kind !== "choice")
            .map(({ key, label }) => ({ value: key, label: t("merge.byField", { label }) })),
        ]}
        onChange={(value) => {
          setField(value || null);
          setAfter(null);
        }}
      />
      {error && !data ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <PageSkeleton /> : null}
      {data?.length === 0 ? <EmptyState title={t("merge.none")} hint={t("merge.noneHint")} /> : null}
      {data?.length ? <Groups groups={data} /> : null}
      <Space>
        {after ? <Button onClick={() => setAfter(null)}>{t("merge.first")}</Button> : null}
        {data?.length === SHOWN ? (
          <Button onClick={() => setAfter(data.at(-1)?.value ?? null)}>{t("merge.more")}</Button>
        ) : null}
      </Space>
    </AddressDrawer>
  );
}
