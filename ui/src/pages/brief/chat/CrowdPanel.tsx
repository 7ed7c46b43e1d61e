import { useQuery } from "@tanstack/react-query";
import { Button, Progress, Segmented, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ModelReport, ModelTalk } from "@/api/model";
import { queries } from "@/api/queries";
import { modelCrowd } from "@/api/script-requests";
import conversation from "@/parts/conversation.module.css";
import { useEndingWords } from "@/parts/ending-words";
import { ProblemNote } from "@/parts/ProblemPage";
import chat from "../../designer/chat/chat.module.css";
import { written } from "../../designer/script/brief";
import { useDesk } from "../../designer/state/DesignContext";
import { AnswerLine, useWhy } from "./Answer";
import styles from "./ModelChat.module.css";
import { useModelCrowd } from "./useModelCrowd";

const SIZES = [5, 10, 20, 40];

const sum = (talks: readonly ModelTalk[]): number => talks.reduce((total, { tokens }) => total + tokens, 0);

/** What so many people would cost, before anybody is called. */
function Estimate({ people }: { people: number }) {
  const { t } = useTranslation();
  const { script, content } = useDesk();
  const { data } = useQuery({
    queryKey: ["model-crowd-estimate", script.id, people],
    queryFn: async ({ signal }) => {
      for await (const line of modelCrowd({ brief: written(content), people, begin: false }, signal))
        if (line.kind === "estimate") return line;
      return null;
    },
    gcTime: 0,
  });
  if (!data) return null;
  return (
    <p className={styles.spent}>
      {t("brief.crowd.estimate", {
        tokens: data.tokens.toLocaleString(),
        most: data.most_tokens.toLocaleString(),
      })}
    </p>
  );
}

interface CountsProps {
  title: string;
  counts: Record<string, number>;
  shown?: (name: string) => string;
}

function Counts({ title, counts, shown = (name) => name }: CountsProps) {
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      <div className={styles.tags}>
        {Object.entries(counts).map(([name, count]) => (
          <Tag key={name}>
            {shown(name)}: {count}
          </Tag>
        ))}
      </div>
    </section>
  );
}

function Report({ report }: { report: ModelReport }) {
  const { t } = useTranslation();
  const why = useWhy();
  const ending = useEndingWords();
  const tools = Object.fromEntries(
    report.tools.map(({ name, refused, times }) => [
      refused ? t("brief.crowd.refused", { name }) : name,
      times,
    ]),
  );
  return (
    <div className={styles.answer} role="status">
      {report.people < report.wanted ? <p>{t("brief.crowd.fewer", report)}</p> : null}
      {report.failed > 0 ? (
        <p className={styles.held}>{t("brief.crowd.failed", { count: report.failed })}</p>
      ) : null}
      <p className={report.unheeded.length > 0 ? styles.held : styles.spent}>
        {report.unheeded.length > 0
          ? t("brief.crowd.unheeded", { who: report.unheeded.join(", ") })
          : t("brief.crowd.heeded")}
      </p>
      <Counts title={t("brief.crowd.ended")} counts={report.endings} shown={ending} />
      <Counts title={t("brief.crowd.grades")} counts={report.grades} />
      <Counts title={t("brief.crowd.tools")} counts={tools} />
      <section>
        <h3 className={styles.heading}>{t("brief.crowd.heldBack")}</h3>
        {report.held_back.length === 0 ? <p className="quiet">{t("brief.crowd.heldBackNone")}</p> : null}
        <ul className={styles.list}>
          {report.held_back.map((one, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may be held back twice
            <li key={place}>
              {one.text} <span className="quiet">{why(one.why)}</span>
            </li>
          ))}
        </ul>
      </section>
      {report.lacking.length > 0 ? (
        <section>
          <h3 className={styles.heading}>{t("brief.crowd.lacking")}</h3>
          <p className="quiet">{t("brief.crowd.lackingHint")}</p>
          <ul className={styles.list}>
            {report.lacking.map(({ text, times }) => (
              <li key={text}>
                {text} {times > 1 ? <span className="quiet">× {times}</span> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Talk({ talk }: { talk: ModelTalk }) {
  const { t } = useTranslation();
  const { number, wish, ended } = talk;
  return (
    <details>
      <summary>
        {t("brief.crowd.talk", { number, wish: t(`crowdWish.${wish as "interested"}`), ended })}
      </summary>
      <div className={styles.answer}>
        {talk.lines.map((line, place) =>
          line.kind === "heard" ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
            <div key={place} className={conversation.customer}>
              <p className={conversation.bubble}>{line.text}</p>
            </div>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place
            <AnswerLine key={place} line={line} />
          ),
        )}
      </div>
    </details>
  );
}

/** Trying a brief on simulated people in writing: what it will cost, how far it is, what it showed. */
export function CrowdPanel({ brief }: { brief: object }) {
  const { t } = useTranslation();
  const { faults, checked, whyNot } = useDesk();
  const { data: features } = useQuery(queries.features());
  const [people, setPeople] = useState(10);
  const crowd = useModelCrowd();
  const off = faults.length > 0 || !checked || whyNot !== null || !features?.language_model;
  return (
    <div className={styles.answer}>
      <p className="quiet">{t("brief.crowd.about")}</p>
      {faults.length > 0 ? <p>{t("brief.chat.faults", { count: faults.length })}</p> : null}
      <div className={chat.line}>
        <Segmented<number>
          aria-label={t("brief.crowd.people")}
          options={SIZES}
          value={people}
          disabled={crowd.busy}
          onChange={setPeople}
        />
        {crowd.busy ? (
          <Button onClick={crowd.stop}>{t("brief.crowd.stop")}</Button>
        ) : (
          <Button type="primary" disabled={off} onClick={() => crowd.begin(brief, people)}>
            {t("brief.crowd.begin")}
          </Button>
        )}
      </div>
      {off ? null : <Estimate people={people} />}
      {crowd.busy ? (
        <Progress
          percent={Math.round((100 * crowd.talks.length) / people)}
          format={() => ""}
          aria-label={t("brief.crowd.way")}
        />
      ) : null}
      {crowd.talks.length > 0 ? (
        <p className={styles.spent}>
          {t("brief.crowd.done", {
            done: crowd.talks.length,
            people: crowd.report?.wanted ?? people,
            tokens: sum(crowd.talks).toLocaleString(),
          })}
        </p>
      ) : null}
      {crowd.problem ? <ProblemNote error={crowd.problem} /> : null}
      {crowd.report ? <Report report={crowd.report} /> : null}
      {crowd.talks.length > 0 ? (
        <section>
          <h3 className={styles.heading}>{t("brief.crowd.talks")}</h3>
          {crowd.talks.map((talk) => (
            <Talk key={talk.number} talk={talk} />
          ))}
        </section>
      ) : null}
    </div>
  );
}
