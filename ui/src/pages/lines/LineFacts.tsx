import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Space } from "antd";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { type LineDetail, lineRequests } from "@/api/lines";
import { asProblem } from "@/api/problem";
import { useMe, useWhyNot } from "@/app/session";
import { AskFirst } from "@/parts/AskFirst";
import { money } from "@/parts/numbers";
import { Phone } from "@/parts/Phone";
import { ProblemNote } from "@/parts/ProblemPage";
import { useLocale } from "@/parts/useLocale";
import { LineExpiry, LineHealth } from "./LineHealth";
import { LineStatus } from "./LineStatus";
import styles from "./lines.module.css";
import { useRegionWords } from "./place-names";

function Users({ line }: { line: LineDetail }) {
  const { t } = useTranslation();
  const users = [
    ...line.tasks.map(({ id, name }) => ({ id, name, to: `/tasks/${id}` })),
    ...line.groups.map(({ id, name }) => ({ id, name, to: `/policy-groups/${id}` })),
  ];
  if (users.length === 0) return <span className="quiet">{t("line.unused")}</span>;
  return users.map(({ id, name, to }, index) => (
    <Fragment key={id}>
      {index > 0 ? ", " : ""}
      <Link to={to}>{name}</Link>
    </Fragment>
  ));
}

function useFacts(line: LineDetail): [string, ReactNode][] {
  const { t } = useTranslation();
  const locale = useLocale();
  const { currency } = useMe().tenant;
  const regionWords = useRegionWords();
  return [
    [t("line.status"), <LineStatus key="status" line={line} />],
    [t("line.health"), <LineHealth key="health" whole line={line} />],
    [t("line.inUse"), t("line.inUseOf", { count: line.in_use, channels: line.channels })],
    [t("line.expires"), <LineExpiry key="expiry" whole line={line} />],
    [t("line.kind"), t(`lineKind.${line.kind}`)],
    [
      t("line.callerNumber"),
      <Fragment key="number">
        <Phone number={line.caller_number} />
        {line.more_numbers.length > 0 ? ` ${t("line.andMore", { count: line.more_numbers.length })}` : null}
      </Fragment>,
    ],
    [t("line.home"), regionWords(line.home) || t("line.noHome")],
    [
      t("line.price"),
      t("line.tariff", {
        price: money(line.price_per_minute, currency, locale),
        first: line.billed_first_s,
        next: line.billed_next_s,
      }),
    ],
    [t("line.usedBy"), <Users key="users" line={line} />],
  ];
}

type Away = "remove" | "retire" | "takeBack";

function useTakeAway(line: LineDetail) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: async (how: Away) => {
      await lineRequests[how](line.id);
      return how;
    },
    onSuccess: (how) => {
      message.success(t(`line.${how}Done`, { name: line.name }));
      if (how === "remove") {
        client.removeQueries({ queryKey: ["lines", "one", line.id] });
        navigate("/lines");
      }
      void client.invalidateQueries({ queryKey: ["lines"] });
    },
  });
}

function TakeAway({ line }: { line: LineDetail }) {
  const { t } = useTranslation();
  const whyNot = useWhyNot("change_lines");
  const away = useTakeAway(line);
  const ways: readonly Away[] = line.retired_at ? ["takeBack", "remove"] : ["retire", "remove"];
  return (
    <div className={styles.away}>
      <Space wrap>
        {ways.map((how) => (
          <AskFirst
            key={how}
            title={t(`line.${how}Ask`, { name: line.name })}
            description={t(`line.${how}Hint`)}
            okText={t(`line.${how}`)}
            okButtonProps={{ danger: how !== "takeBack" }}
            onConfirm={() => away.mutate(how)}
          >
            <Button
              danger={how !== "takeBack"}
              disabled={whyNot !== null}
              loading={away.isPending && away.variables === how}
            >
              {t(`line.${how}`)}
            </Button>
          </AskFirst>
        ))}
      </Space>
      {whyNot ? <p className="quiet">{whyNot}</p> : null}
      {away.isError ? <ProblemNote error={asProblem(away.error)} /> : null}
    </div>
  );
}

/** How a line stands now, what it is, what calls over it, and taking it away. */
export function LineFacts({ line }: { line: LineDetail }) {
  return (
    <>
      <dl className={styles.facts}>
        {useFacts(line).map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <TakeAway line={line} />
    </>
  );
}
