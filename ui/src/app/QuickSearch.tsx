import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Input, type InputRef } from "antd";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { queries } from "@/api/queries";
import { useMay } from "@/app/session";
import { groupedPhone } from "@/parts/phone";
import { useSettled } from "@/parts/useSettled";

const SHOWN = 5;
const SETTLE_MS = 250;
const LEAST = 2;

const named = ({ id, name }: { id: string; name: string }, place: string) => ({
  value: `/${place}/${id}`,
  label: name,
});

const whoLabel = ({ name, phone }: { name: string; phone: string }): string =>
  name ? `${name} · ${groupedPhone(phone)}` : groupedPhone(phone);

interface Group {
  label: string;
  options: { value: string; label: string }[];
}

function useFound(text: string) {
  const { t } = useTranslation();
  const long = text.length >= LEAST;
  const seen = { text, limit: SHOWN };
  const called = { name: text, limit: SHOWN };
  const customers = useQuery({ ...queries.book(seen), enabled: useMay("read_customers") && long });
  const tasks = useQuery({ ...queries.tasks(called), enabled: useMay("read_tasks") && long });
  const scripts = useQuery({ ...queries.scripts(called), enabled: useMay("read_scripts") && long });
  const calls = useQuery({ ...queries.calls(null, seen), enabled: useMay("read_calls") && long });
  const asked = [customers, tasks, scripts, calls];
  const answered = long && !asked.some(({ isLoading, isError }) => isLoading || isError);
  // Nothing comes in above what may be pressed by now: until the first has answered, all stays as it was.
  const shown = useRef<Group[]>([]);
  if (!long) {
    shown.current = [];
    return { answered, options: [] };
  }
  const groups = [
    {
      label: t("menu.customerBook"),
      options: (customers.data?.items ?? []).map((one) => ({
        value: `/customers/${one.id}`,
        label: whoLabel(one),
      })),
    },
    { label: t("menu.tasks"), options: (tasks.data?.items ?? []).map((one) => named(one, "tasks")) },
    { label: t("menu.scripts"), options: (scripts.data?.items ?? []).map((one) => named(one, "scripts")) },
    {
      label: t("menu.calls"),
      options: (calls.data?.items ?? []).map(({ id, customer, task_name }) => ({
        value: `/calls/${id}`,
        label: `${whoLabel(customer)} · ${task_name}`,
      })),
    },
  ];
  const awaited = asked.findIndex(({ isLoading, isPlaceholderData }) => isLoading || isPlaceholderData);
  const known = awaited < 0 ? groups : groups.slice(0, awaited);
  if (awaited !== 0) shown.current = known.filter(({ options }) => options.length > 0);
  return { answered, options: shown.current };
}

/** Ctrl-K: tasks and scripts by name, customers and calls by name or any part of the number. */
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
      options={found.options}
      style={{ width: 280 }}
      popupMatchSelectWidth={420}
      notFoundContent={found.answered && settled === text.trim() ? t("top.searchNothing") : null}
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
        placeholder={t("top.searchAll")}
        aria-label={t("top.search")}
      />
    </AutoComplete>
  );
}
