import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { CrowdDetail, CrowdReport } from "@/api/model";
import { Figure, FigureRow } from "@/parts/Figure";
import { Panel } from "@/parts/Panel";
import { Conversations } from "./Conversations";
import styles from "./crowds.module.css";
import { GradesReport } from "./GradesReport";
import { Misunderstood } from "./Misunderstood";
import { PlacesReport } from "./PlacesReport";
import { Understanding } from "./Understanding";
import { useFigures } from "./words";

const AS_SECONDS = new Set(["people"]);

function Verdict({ report }: { report: CrowdReport }) {
  const { t } = useTranslation();
  const { percent, number } = useFigures();
  const { passed, rules } = report.verdict;
  // Of what nobody did there is nothing to tell; what went wrong stands first.
  const asked = rules.filter(
    ({ rule }) => !((rule === "silent" || rule === "do_not_call") && !report[rule].said),
  );
  const sorted = asked.sort((one, other) => Number(one.passed) - Number(other.passed));
  return (
    <Panel title={t("crowd.verdict")}>
      <p className={styles.sentence}>{t(passed ? "crowd.passedWords" : "crowd.notPassedWords")}</p>
      <ul className={styles.rules}>
        {sorted.map((rule) => {
          const words = AS_SECONDS.has(rule.rule) ? number : percent;
          return (
            <li key={rule.rule} className={styles.rule}>
              {rule.passed ? (
                <CheckCircleFilled className={styles.good} aria-label={t("crowd.reached")} />
              ) : (
                <CloseCircleFilled className={styles.bad} aria-label={t("crowd.notReached")} />
              )}
              <span>{t(`crowdRule.${rule.rule}`, { found: words(rule.found), mark: words(rule.mark) })}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

type FigureWords = readonly [name: string, value: string, note: string];

function FigureList({ figures }: { figures: readonly FigureWords[] }) {
  return (
    <FigureRow>
      {figures.map(([name, value, note]) => (
        <Figure key={name} name={name} value={value} note={note} />
      ))}
    </FigureRow>
  );
}

function Figures({ report }: { report: CrowdReport }) {
  const { t } = useTranslation();
  const { percent, number, range } = useFigures();
  const figures: FigureWords[] = [
    [
      t("crowd.figure.accuracy"),
      percent(report.accuracy.share),
      range(report.accuracy.low, report.accuracy.high),
    ],
    [
      t("crowd.figure.grades"),
      percent(report.grades_right.share),
      range(report.grades_right.low, report.grades_right.high),
    ],
    [
      t("crowd.figure.doNotCall"),
      `${report.do_not_call.right} / ${report.do_not_call.said}`,
      t("crowd.figure.doNotCallNote"),
    ],
    [
      t("crowd.figure.gaveUp"),
      percent(report.gave_up.share),
      t("crowd.figure.gaveUpNote", { count: report.gave_up.right }),
    ],
    [
      t("crowd.figure.length"),
      t("crowd.seconds", { number: number(report.seconds.median) }),
      t("crowd.figure.turns", { number: number(report.turns.mean) }),
    ],
  ];
  return (
    <Panel padded={false}>
      <FigureList figures={figures} />
    </Panel>
  );
}

/** What only a crowd that speaks shows. */
function Sound({ sound }: { sound: NonNullable<CrowdReport["sound"]> }) {
  const { t } = useTranslation();
  const { percent, number } = useFigures();
  const none = "–";
  const share = ({ right, said }: { right: number; said: number }) => (said ? `${right} / ${said}` : none);
  const delay = (ms: number) => (sound.replies ? t("crowd.sound.ms", { number: number(ms) }) : none);
  const figures: FigureWords[] = [
    [
      t("crowd.sound.words"),
      percent(sound.word_errors),
      t("crowd.sound.wordsNote", { number: number(sound.words) }),
    ],
    [t("crowd.sound.unheard"), share(sound.unheard), t("crowd.sound.unheardNote")],
    [
      t("crowd.sound.reply"),
      delay(sound.reply_p50_ms),
      t("crowd.sound.replyNote", { slow: delay(sound.reply_p95_ms) }),
    ],
    [t("crowd.sound.bargeIns"), share(sound.barge_ins), t("crowd.sound.bargeInsNote")],
    [t("crowd.sound.interjections"), share(sound.interjections_stopped), t("crowd.sound.interjectionsNote")],
    [t("crowd.sound.spokeOver"), number(sound.spoke_over), t("crowd.sound.failed", { count: sound.failed })],
  ];
  return (
    <Panel title={t("crowd.sound.title")}>
      <p className={styles.sentence}>{t("crowd.sound.about")}</p>
      <FigureList figures={figures} />
    </Panel>
  );
}

/** What a crowd showed, what went wrong first. */
export function Report({ crowd, report }: { crowd: CrowdDetail; report: CrowdReport }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const part = { crowd, report };
  return (
    <div className={styles.stack}>
      <Verdict report={report} />
      <Figures report={report} />
      {report.sound ? <Sound sound={report.sound} /> : null}
      <Panel padded={false}>
        <Tabs
          activeKey={search.get("tab") ?? "misunderstood"}
          onChange={(tab) => setSearch(tab === "misunderstood" ? {} : { tab }, { preventScrollReset: true })}
          tabBarStyle={{ paddingInline: 20, marginBlockEnd: 0 }}
          destroyOnHidden
          items={[
            {
              key: "misunderstood",
              label: t("crowd.tab.misunderstood"),
              children: <Misunderstood {...part} />,
            },
            { key: "grades", label: t("crowd.tab.grades"), children: <GradesReport {...part} /> },
            { key: "places", label: t("crowd.tab.places"), children: <PlacesReport {...part} /> },
            {
              key: "understanding",
              label: t("crowd.tab.understanding"),
              children: <Understanding {...part} />,
            },
            {
              key: "conversations",
              label: t("crowd.tab.conversations"),
              children: <Conversations crowd={crowd} />,
            },
          ].map((tab) => ({
            ...tab,
            children: <div style={{ padding: "16px 20px" }}>{tab.children}</div>,
          }))}
        />
      </Panel>
    </div>
  );
}
