import { SearchOutlined } from "@ant-design/icons";
import { useQueries } from "@tanstack/react-query";
import { AutoComplete, Input, type InputRef } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { queries } from "@/api/queries";
import { useMay } from "@/app/session";
import { groupedPhone } from "@/parts/phone";
import { useSettled } from "@/parts/useSettled";
import { type Asked, allAnswered, type Group, settledOf } from "./found";

const SHOWN = 5;
const SETTLE_MS = 250;
const LEAST = 2;
const NONE: Group[] = [];

const named = ({ id, name }: { id: string; name: string }, place: string) => ({
  value: `/${place}/${id}`,
  label: name,
});

const whoLabel = ({ name, phone }: { name: string; phone: string }): string =>
  name ? `${name} · ${groupedPhone(phone)}` : groupedPhone(phone);

const owed = ({ isPending, isError }: { isPending: boolean; isError: boolean }, asked: boolean) => ({
  awaited: asked && isPending,
  failed: isError,
});

/** The lists that are searched, in the order they are shown in, with what they found. */
function useAsked(text: string): Asked[] {
  const { t } = useTranslation();
  const may = {
    customers: useMay("read_customers"),
    tasks: useMay("read_tasks"),
    scripts: useMay("read_scripts"),
    calls: useMay("read_calls"),
  };
  const seen = { text, limit: SHOWN };
  const called = { name: text, limit: SHOWN };
  // What was found for other words answers nothing here.
  const how = (asked: boolean) => ({ enabled: asked && text.length >= LEAST, placeholderData: undefined });
  return useQueries({
    queries: [
      { ...queries.book(seen), ...how(may.customers) },
      { ...queries.tasks(called), ...how(may.tasks) },
      { ...queries.scripts(called), ...how(may.scripts) },
      { ...queries.calls(null, seen), ...how(may.calls) },
    ],
    combine: ([customers, tasks, scripts, calls]) => [
      {
        label: t("menu.customerBook"),
        options: (customers.data?.items ?? []).map((one) => ({
          value: `/customers/${one.id}`,
          label: whoLabel(one),
        })),
        ...owed(customers, may.customers),
      },
      {
        label: t("menu.tasks"),
        options: (tasks.data?.items ?? []).map((one) => named(one, "tasks")),
        ...owed(tasks, may.tasks),
      },
      {
        label: t("menu.scripts"),
        options: (scripts.data?.items ?? []).map((one) => named(one, "scripts")),
        ...owed(scripts, may.scripts),
      },
      {
        label: t("menu.calls"),
        options: (calls.data?.items ?? []).map(({ id, customer, task_name }) => ({
          value: `/calls/${id}`,
          label: `${whoLabel(customer)} · ${task_name}`,
        })),
        ...owed(calls, may.calls),
      },
    ],
  });
}

function useFound(text: string) {
  const asked = useAsked(text);
  const settled = useMemo(() => settledOf(asked), [asked]);
  const [before, keep] = useState(NONE);
  const long = text.length >= LEAST;
  useEffect(() => {
    if (!long) keep(NONE);
    else if (settled) keep(settled);
  }, [long, settled]);
  return { answered: long && allAnswered(asked), options: long ? (settled ?? before) : NONE };
}

/** Ctrl-K: tasks and scripts by name, customers and calls by name or any part of the number. */
export function QuickSearch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const settled = useSettled(text.trim(), SETTLE_MS);
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
