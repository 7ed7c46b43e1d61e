import { PhoneOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import type { TableProps } from "antd";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import type { Line } from "@/api/model";
import { queries } from "@/api/queries";
import { useWhyNoNewLine, useWhyNoTestCall } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { LinkButton } from "@/parts/LinkButton";
import { ListTable } from "@/parts/ListTable";
import { Page } from "@/parts/Page";
import { PAGE_SIZE, useCursor } from "@/parts/Pager";
import { Panel } from "@/parts/Panel";
import { Phone } from "@/parts/Phone";
import { LineStatus } from "./LineStatus";
import styles from "./lines.module.css";

const REFRESH_MS = 10_000;

function TestCallButton({ line }: { line: Line }) {
  const { t } = useTranslation();
  return (
    <LinkButton
      within
      to={`/lines/${line.id}/test-call`}
      icon={<PhoneOutlined />}
      whyNot={useWhyNoTestCall()}
    >
      {t("testCall.open")}
    </LinkButton>
  );
}

/** How the line stands; where the screen is too narrow for a column of buttons, the button too. */
function StatusCell({ line }: { line: Line }) {
  return (
    <>
      <LineStatus line={line} />
      <div className={styles.narrow}>
        <TestCallButton line={line} />
      </div>
    </>
  );
}

function useColumns(): TableProps<Line>["columns"] {
  const { t } = useTranslation();
  return [
    { title: t("line.name"), dataIndex: "name", render: (name: string) => <strong>{name}</strong> },
    {
      title: t("line.kind"),
      key: "kind",
      responsive: ["md"],
      render: (_, line) => t(`lineKind.${line.kind}`),
    },
    {
      title: t("line.callerNumber"),
      key: "caller",
      responsive: ["md"],
      render: (_, line) => <Phone number={line.caller_number} />,
    },
    {
      title: t("line.channels"),
      key: "channels",
      responsive: ["md"],
      align: "right",
      render: (_, line) => <span className="number">{line.channels}</span>,
    },
    {
      title: t("line.carrier"),
      key: "carrier",
      responsive: ["md"],
      render: (_, line) => `${line.carrier_host}:${line.carrier_port}`,
    },
    { title: t("line.status"), key: "status", render: (_, line) => <StatusCell line={line} /> },
    { key: "test", align: "right", responsive: ["md"], render: (_, line) => <TestCallButton line={line} /> },
  ];
}

function NewLineButton() {
  const { t } = useTranslation();
  return (
    <LinkButton primary within to="/lines/new" icon={<PlusOutlined />} whyNot={useWhyNoNewLine()}>
      {t("line.new")}
    </LinkButton>
  );
}

export function LinesPage() {
  const { t } = useTranslation();
  const after = useCursor();
  const lines = useQuery({ ...queries.lines({ after, limit: PAGE_SIZE }), refetchInterval: REFRESH_MS });
  return (
    <Page title={t("menu.lines")} about={t("line.about")} action={<NewLineButton />}>
      <Panel padded={false}>
        <ListTable
          label={t("menu.lines")}
          query={lines}
          columns={useColumns()}
          empty={<EmptyState title={t("line.none")} hint={t("line.noneHint")} action={<NewLineButton />} />}
        />
      </Panel>
      <Outlet />
    </Page>
  );
}
