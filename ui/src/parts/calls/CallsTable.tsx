import { SoundOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CallSummary, Page } from "@/api/model";
import { ArmLabel } from "../ArmLabel";
import { Grade } from "../Grade";
import type { ListColumn } from "../lists/columns";
import { ListTable } from "../lists/ListTable";
import type { List } from "../lists/useList";
import { Phone } from "../Phone";
import { PhoneStateLabel } from "../PhoneStateLabel";
import { Time } from "../Time";
import { clockLength } from "../times";
import styles from "./calls.module.css";
import { useNetworkWords } from "./network-words";

type Columns = ListColumn<CallSummary>[];

function Customer({ call }: { call: CallSummary }) {
  return (
    <span className={styles.who}>
      <Link to={`/calls/${call.id}`}>{call.customer.name || <Phone number={call.customer.phone} />}</Link>
      {call.customer.name ? (
        <span className="quiet">
          <Phone number={call.customer.phone} />
        </span>
      ) : null}
    </span>
  );
}

function Outcome({ call }: { call: CallSummary }) {
  return (
    <>
      <OutcomeLabel call={call} />
      <span className="phone-only quiet">
        {call.talk_ms > 0 ? `${clockLength(call.talk_ms)} · ` : null}
        <Time at={call.dialled_at} />
      </span>
    </>
  );
}

function OutcomeLabel({ call }: { call: CallSummary }) {
  const words = useNetworkWords()(call.sip_code, call.sip_reason);
  const label = <PhoneStateLabel state={call.phone_state} interrupted={call.interrupted} />;
  if (call.phone_state === "connected" || call.phone_state === "technical_fault" || !words) return label;
  return (
    <Tooltip title={words}>
      <span>{label}</span>
    </Tooltip>
  );
}

interface Shown {
  /** The calls that are listed, once they are known. */
  calls?: readonly CallSummary[];
  withTask?: boolean;
  grades?: readonly string[];
}

/** The columns of a list of calls: of one task, or of all. */
export function useCallColumns({ calls = [], withTask = false, grades }: Shown): Columns {
  const { t } = useTranslation();
  const split = calls.some((call) => call.arm !== null);
  const task: Columns = withTask
    ? [
        {
          title: t("call.task"),
          key: "task",
          responsive: ["md"],
          render: (_, call) => (
            <span className={styles.who}>
              <Link to={`/tasks/${call.task_id}`}>{call.task_name}</Link>
              <ArmLabel call={call} />
            </span>
          ),
        },
      ]
    : [];
  const arm: Columns =
    split && !withTask
      ? [
          {
            title: t("compared.arm"),
            key: "arm",
            responsive: ["md"],
            render: (_, call) => <ArmLabel call={call} />,
          },
        ]
      : [];
  return [
    { title: t("call.customer"), key: "customer", render: (_, call) => <Customer call={call} /> },
    {
      title: <span title={t("call.grade")}>{t("call.gradeShort")}</span>,
      name: t("call.grade"),
      key: "grade",
      render: (_, call) => <Grade grade={call.grade} grades={grades} />,
    },
    { title: t("call.phoneState"), key: "state", render: (_, call) => <Outcome call={call} /> },
    {
      title: t("call.talk"),
      key: "talk",
      responsive: ["md"],
      align: "right",
      render: (_, call) => (
        <span className="number unbroken">{call.talk_ms > 0 ? clockLength(call.talk_ms) : "–"}</span>
      ),
    },
    {
      title: t("call.turns"),
      key: "turns",
      align: "right",
      responsive: ["lg"],
      render: (_, call) => <span className="number">{call.turns || "–"}</span>,
    },
    ...task,
    ...arm,
    {
      title: t("call.dialled"),
      key: "dialled",
      responsive: ["md"],
      render: (_, call) => <Time at={call.dialled_at} />,
    },
    {
      title: t("call.recording"),
      key: "recording",
      align: "center",
      responsive: ["md"],
      render: (_, call) =>
        call.has_recording ? (
          <Link to={`/calls/${call.id}`} aria-label={t("call.listenTo", { name: call.customer.name })}>
            <SoundOutlined />
          </Link>
        ) : (
          <span className="quiet">–</span>
        ),
    },
  ];
}

interface Props {
  query: UseQueryResult<Page<CallSummary>>;
  list: List<CallSummary>;
  empty: ReactNode;
}

export function CallsTable({ query, list, empty }: Props) {
  const { t } = useTranslation();
  return (
    <ListTable
      label={t("call.list")}
      query={query}
      list={list}
      empty={empty}
      open={(call) => `/calls/${call.id}`}
    />
  );
}
