import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useOutletContext, useParams } from "react-router";
import type { CrowdConversation, CrowdDetail } from "@/api/model";
import { queries } from "@/api/queries";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { Grade } from "@/parts/Grade";
import { ProblemNote } from "@/parts/ProblemPage";
import styles from "./crowds.module.css";
import { useFigures, useScriptWords } from "./words";

type Line = CrowdConversation["lines"][number];

function Them({ line, crowd }: { line: Line; crowd: CrowdDetail }) {
  const { t } = useTranslation();
  const { meant, understood } = useScriptWords(crowd);
  const { percent } = useFigures();
  const said = line.key
    ? t("crowd.pressed", { key: line.they_said })
    : line.they_said || t(line.kind === "silence" ? "crowd.saidNothing" : "crowd.notHeard");
  return (
    <li className={`${styles.them} ${line.right === false ? styles.misheard : ""}`}>
      {line.they_said && !line.key ? said : <em>{said}</em>}
      <div className={styles.note}>
        {t("crowd.meantWords", { meant: meant(line.kind, line.meant) })}
        {line.right === false
          ? ` · ${t("crowd.takenForWords", { understood: understood(line.understood), percent: percent(line.score) })}`
          : null}
        {line.said && line.noisy ? ` · ${t("crowd.saidAloud", { words: line.said })}` : null}
        {line.noisy && !line.said ? ` · ${t("crowd.noisy")}` : null}
        {line.interrupting ? ` · ${t("crowd.interrupting")}` : null}
      </div>
    </li>
  );
}

function Us({ texts }: { texts: readonly string[] }) {
  return texts.length > 0 ? <li className={styles.us}>{texts.join(" ")}</li> : null;
}

function Talk({ one, crowd }: { one: CrowdConversation; crowd: CrowdDetail }) {
  const { t } = useTranslation();
  const { grades, gradeName, ending } = useScriptWords(crowd);
  const { number } = useFigures();
  return (
    <div className={styles.stack}>
      <p style={{ margin: 0 }}>
        <Grade grade={one.grade} grades={grades} /> {gradeName(one.grade)}: {one.because}
        {one.grade === one.meant_grade ? null : (
          <>
            <br />
            {t("crowd.shouldBe")} <Grade grade={one.meant_grade} grades={grades} />{" "}
            {gradeName(one.meant_grade)}
          </>
        )}
      </p>
      <ol className={styles.turns}>
        {one.lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a conversation that is over never changes
          <Fragment key={place}>
            <Us texts={line.we_said} />
            <Them line={line} crowd={crowd} />
          </Fragment>
        ))}
        <Us texts={one.last_words} />
      </ol>
      <p className="quiet">
        {ending(one.left ? "left" : one.ended)} · {t("crowd.seconds", { number: number(one.seconds) })} ·{" "}
        {one.path.join(" → ")}
      </p>
    </div>
  );
}

/** One simulated person's call, to be read. */
export function ConversationDrawer() {
  const { t } = useTranslation();
  const crowd = useOutletContext<CrowdDetail>();
  const { number = "" } = useParams();
  const { data, error, refetch } = useQuery(queries.crowdConversation(crowd.id, Number(number)));
  return (
    <AddressDrawer
      title={data ? t(`crowdWish.${data.wish as "interested"}`) : t("crowd.conversation")}
      back={`/crowds/${crowd.id}`}
      width={640}
    >
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active paragraph={{ rows: 8 }} /> : null}
      {data ? <Talk one={data} crowd={crowd} /> : null}
    </AddressDrawer>
  );
}
