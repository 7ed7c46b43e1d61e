import { useQuery } from "@tanstack/react-query";
import { Breadcrumb, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { CrowdChange, CrowdComparison } from "@/api/model";
import { queries } from "@/api/queries";
import { Grade } from "@/parts/Grade";
import { Page } from "@/parts/Page";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Panel } from "@/parts/Panel";
import { ProblemNote } from "@/parts/ProblemPage";
import styles from "./crowds.module.css";
import { useFigures, useScriptWords } from "./words";

interface RowProps {
  name: React.ReactNode;
  change: CrowdChange;
  /** What the figure is: a share, or so many. */
  of?: "share" | "number";
  /** Whether more is better; neither for a length. */
  better?: "more" | "less";
}

type Meaning = "none" | "chance" | "real" | "better" | "worse";

function meaningOf({ change, real, differing }: CrowdChange, better: RowProps["better"]): Meaning {
  if (differing === 0) return "none";
  if (!real) return "chance";
  if (!better) return "real";
  return change > 0 === (better === "more") ? "better" : "worse";
}

const TAGS = { none: undefined, chance: undefined, real: "processing", better: "success", worse: "error" };

function Row({ name, change, of = "share", better }: RowProps) {
  const { t } = useTranslation();
  const { percent, number, signedPercent, signedNumber } = useFigures();
  const [words, signed] = of === "share" ? [percent, signedPercent] : [number, signedNumber];
  const meaning = meaningOf(change, better);
  const colours = { better: styles.good, worse: styles.bad, none: "", chance: "", real: "" };
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className={styles.number}>{words(change.before)}</td>
      <td className={styles.number}>{words(change.after)}</td>
      <td className={`${styles.number} ${colours[meaning]}`}>
        {meaning === "none" ? "–" : signed(change.change)}
      </td>
      <td className={`${styles.number} quiet`}>
        {meaning === "none" ? "–" : `${signed(change.low)} … ${signed(change.high)}`}
      </td>
      <td>
        <Tag color={TAGS[meaning]}>{t(`crowd.change.${meaning}`)}</Tag>
      </td>
    </tr>
  );
}

function Comparison({ found }: { found: CrowdComparison }) {
  const { t } = useTranslation();
  const { grades, gradeName } = useScriptWords(found.after);
  const { changes } = found;
  const version = (number: number) => t("script.version", { number });
  return (
    <Panel>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("crowd.figureName")}</th>
              <th scope="col" className={styles.number}>
                {version(found.before.script.version)}
              </th>
              <th scope="col" className={styles.number}>
                {version(found.after.script.version)}
              </th>
              <th scope="col" className={styles.number}>
                {t("crowd.changed")}
              </th>
              <th scope="col" className={styles.number}>
                {t("crowd.surely")}
              </th>
              <th scope="col">{t("crowd.meaning")}</th>
            </tr>
          </thead>
          <tbody>
            <Row name={t("crowd.compared.understood")} change={changes.understood} better="more" />
            <Row name={t("crowd.compared.grades")} change={changes.grades_right} better="more" />
            <Row name={t("crowd.compared.hungUp")} change={changes.hung_up} better="less" />
            <Row name={t("crowd.compared.turns")} change={changes.turns} of="number" />
            <Row name={t("crowd.compared.seconds")} change={changes.seconds} of="number" />
            {Object.entries(changes.grades).map(([grade, change]) => (
              <Row
                key={grade}
                name={
                  <>
                    <Grade grade={grade} grades={grades} /> {gradeName(grade)}
                  </>
                }
                change={change}
              />
            ))}
          </tbody>
        </table>
      </div>
      <p className="quiet">{t("crowd.compareHint")}</p>
    </Panel>
  );
}

/** Two versions of a script before the same people. */
export function ComparePage() {
  const { t } = useTranslation();
  const { crowdId = "", earlierId = "" } = useParams();
  const { data, error, refetch } = useQuery(queries.crowdComparison(crowdId, earlierId));
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const { script, people } = data.after;
  return (
    <Page
      title={t("crowd.compareTitle", { name: script.name })}
      about={t("crowd.compareAbout", { people })}
      above={
        <Breadcrumb
          style={{ marginBlockEnd: 8 }}
          items={[
            { title: <Link to="/crowds">{t("menu.crowds")}</Link> },
            { title: <Link to={`/crowds/${crowdId}`}>{script.name}</Link> },
            { title: t("crowd.comparison") },
          ]}
        />
      }
    >
      <Comparison found={data} />
    </Page>
  );
}
