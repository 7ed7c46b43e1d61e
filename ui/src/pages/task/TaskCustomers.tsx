import { UserAddOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import type { CustomerState, Task, TaskCustomer } from "@/api/model";
import { queries } from "@/api/queries";
import { given } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { FreshBar } from "@/parts/calls/FreshBar";
import { useFreshList } from "@/parts/calls/useFreshList";
import { EmptyState } from "@/parts/EmptyState";
import { ExportButton } from "@/parts/exports/ExportButton";
import { Grade } from "@/parts/Grade";
import { LinkButton } from "@/parts/LinkButton";
import type { ListColumn } from "@/parts/lists/columns";
import { ListTable } from "@/parts/lists/ListTable";
import { ListTools } from "@/parts/lists/ListTools";
import { useList } from "@/parts/lists/useList";
import { NameSearch } from "@/parts/NameSearch";
import { GradeFilter, PhoneStateFilter, TalkFilter, useLeastTalk } from "@/parts/OutcomeFilters";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Filters } from "@/parts/Panel";
import { Phone } from "@/parts/Phone";
import { PHONE_STATES, PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { SearchField } from "@/parts/SearchField";
import { Time } from "@/parts/Time";
import { useAddressChoice, useAddressFilter } from "@/parts/useAddressFilter";
import { LostAgain } from "./LostAgain";
import { MoveBar } from "./moving/MoveBar";
import { Moves } from "./moving/Moves";
import { useChoice } from "./moving/useChoice";
import { useWhyNoMore } from "./useWhyNoMore";
import { otherVariables } from "./variables";

const STATES: readonly CustomerState[] = [
  "uncalled",
  "waiting",
  "calling",
  "called",
  "denied",
  "do_not_call",
  "withdrawn",
];

const customerPath = (task: Task, row: TaskCustomer) => `/tasks/${task.id}/customers/${row.id}`;

function useColumns(task: Task): ListColumn<TaskCustomer>[] {
  const { t } = useTranslation();
  const { search } = useLocation();
  const variables = otherVariables(task.variables);
  return [
    {
      title: t("customer.name"),
      key: "name",
      render: (_, row) => (
        <Link to={{ pathname: customerPath(task, row), search }}>{row.name || t("customer.unnamed")}</Link>
      ),
    },
    { title: t("customer.phone"), key: "phone", render: (_, row) => <Phone number={row.phone} /> },
    {
      title: t("customer.state"),
      key: "state",
      render: (_, row) => (
        <span>
          <Tag color={row.state === "calling" ? "processing" : "default"}>
            {t(`customerState.${row.state}`)}
          </Tag>{" "}
          {row.due_at ? (
            <span className="quiet">
              <Time at={row.due_at} />
            </span>
          ) : null}
          {row.taken_out_why ? <div className="quiet">{t(`takenOut.${row.taken_out_why}`)}</div> : null}
        </span>
      ),
    },
    {
      title: t("customer.attempts"),
      key: "attempts",
      align: "right",
      responsive: ["md"],
      render: (_, row) => <span className="number">{row.attempts || "–"}</span>,
    },
    {
      title: t("customer.lastState"),
      key: "last",
      render: (_, row) =>
        row.last_phone_state ? (
          <PhoneStateLabel state={row.last_phone_state} />
        ) : (
          <span className="quiet">–</span>
        ),
    },
    {
      title: <span title={t("call.grade")}>{t("call.gradeShort")}</span>,
      name: t("call.grade"),
      key: "grade",
      render: (_, row) => <Grade grade={row.last_grade} grades={task.grades} />,
    },
    ...variables.map(({ name, label }) => ({
      title: label || name,
      key: `variable-${name}`,
      responsive: ["lg" as const],
      render: (_: unknown, row: TaskCustomer) => row.variables[name] ?? <span className="quiet">–</span>,
    })),
  ];
}

export function TaskCustomers({ task }: { task: Task }) {
  const { t } = useTranslation();
  const [state, setState] = useAddressChoice("state", STATES);
  const [phone_state] = useAddressChoice("phone_state", PHONE_STATES);
  const [grade] = useAddressFilter("grade");
  const [text] = useAddressFilter("text");
  const after = useCursor();
  const whyNot = useWhyNotChange();
  const whyNoMore = useWhyNoMore(task);
  const { search } = useLocation();
  const [tag] = useAddressFilter("tag");
  const min_talk_ms = useLeastTalk();
  const shown = {
    state,
    phone_state,
    grade: grade || null,
    tag: tag || null,
    text: text || null,
    min_talk_ms,
  };
  const customers = useQuery(queries.customers(task.id, { ...shown, after, limit: PAGE_SIZE }));
  const choice = useChoice(given(shown), customers.data?.items ?? []);
  const list = useList("task_customers", useColumns(task));
  const fresh = useFreshList(customers, (call) => call.task_id === task.id, after === null);
  return (
    <>
      <Filters label={t("filter.name")}>
        <NameSearch />
        <SearchField name="tag" label={t("book.tag")} narrow />
        <Select
          allowClear
          value={state || undefined}
          placeholder={t("customer.anyState")}
          aria-label={t("customer.state")}
          style={{ minWidth: 140 }}
          options={STATES.map((value) => ({ value, label: t(`customerState.${value}`) }))}
          onChange={setState}
        />
        <PhoneStateFilter any={t("customer.anyLastState")} label={t("customer.lastState")} />
        <GradeFilter grades={task.grades} />
        <TalkFilter any={t("customer.anyLastTalk")} label={t("customer.lastTalk")} />
        <LinkButton to={`/tasks/${task.id}/add`} icon={<UserAddOutlined />} within whyNot={whyNoMore}>
          {t("addCustomer.open")}
        </LinkButton>
        <ExportButton shown={{ what: "customers", task_id: task.id, ...shown }} list={list} />
        <LostAgain task={task} />
        <ListTools list={list} />
        <FreshBar {...fresh} />
      </Filters>
      <Moves task={task} />
      <div {...fresh.guard}>
        <ListTable
          label={t("task.customers")}
          query={customers}
          list={list}
          empty={<EmptyState title={t("customer.noneFound")} hint={t("filter.noneHint")} />}
          selection={whyNot === null ? choice.selection : undefined}
          open={(row) => `${customerPath(task, row)}${search}`}
        />
      </div>
      <MoveBar task={task} filter={given(shown)} choice={choice} />
    </>
  );
}
