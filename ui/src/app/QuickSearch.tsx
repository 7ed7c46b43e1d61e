import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Input, type InputRef } from "antd";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { queries } from "@/api/queries";
import { groupedPhone } from "@/parts/phone";
import { useSettled } from "@/parts/useSettled";

const SHOWN = 5;
const SETTLE_MS = 250;

function useFound(text: string) {
  const { t } = useTranslation();
  const enabled = text.length >= 2;
  const tasks = useQuery({ ...queries.tasks({ name: text, limit: SHOWN }), enabled });
  const calls = useQuery({ ...queries.calls(null, { text, limit: SHOWN }), enabled });
  if (!enabled) return [];
  const groups = [
    {
      label: t("menu.tasks"),
      options: (tasks.data?.items ?? []).map(({ id, name }) => ({ value: `/tasks/${id}`, label: name })),
    },
    {
      label: t("menu.calls"),
      options: (calls.data?.items ?? []).map(({ id, customer, task_name }) => ({
        value: `/calls/${id}`,
        label: `${customer.name || groupedPhone(customer.phone)} · ${groupedPhone(customer.phone)} · ${task_name}`,
      })),
    },
  ];
  return groups.filter(({ options }) => options.length > 0);
}

/** Ctrl-K: tasks by name, calls by the customer's name or any part of the number. */
export function QuickSearch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const settled = useSettled(useDeferredValue(text.trim()), SETTLE_MS);
  const found = useFound(settled);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      field.current?.focus({ cursor: "all" });
    };
    window.addEventListener("keydown", focus);
    return () => window.removeEventListener("keydown", focus);
  }, []);
  return (
    <AutoComplete
      value={text}
      options={found}
      style={{ width: 280 }}
      popupMatchSelectWidth={420}
      notFoundContent={settled.length >= 2 ? t("top.searchNothing") : null}
      onChange={setText}
      onSelect={(path: string) => {
        setText("");
        field.current?.blur();
        navigate(path);
      }}
    >
      <Input
        ref={field}
        prefix={<SearchOutlined />}
        suffix={<kbd className="quiet">Ctrl K</kbd>}
        placeholder={t("top.search")}
        aria-label={t("top.search")}
      />
    </AutoComplete>
  );
}
