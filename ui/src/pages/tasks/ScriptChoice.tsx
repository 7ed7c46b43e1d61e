import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "@/api/queries";
import { useSettled } from "@/parts/useSettled";

const SEARCH_MS = 250;

/** A script, found by typing part of its name. */
export function ScriptChoice(props: { value?: string; onChange?: (id: string) => void; id?: string }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const scripts = useQuery(queries.scripts({ name: useSettled(name, SEARCH_MS), limit: 50 }));
  return (
    <Select
      {...props}
      showSearch={{ filterOption: false, onSearch: setName }}
      loading={scripts.isFetching}
      placeholder={t("newTask.scriptSearch")}
      notFoundContent={scripts.isPending ? t("state.loading") : t("newTask.noScript")}
      options={scripts.data?.items.map((script) => ({
        value: script.id,
        disabled: !script.published,
        label: script.published
          ? `${script.name} · ${t("script.version", { number: script.published.number })}`
          : `${script.name} · ${t("script.unpublished")}`,
      }))}
    />
  );
}
