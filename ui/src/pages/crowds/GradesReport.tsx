import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CrowdDetail, CrowdReport } from "@/api/model";
import { Grade } from "@/parts/Grade";
import styles from "./crowds.module.css";
import { useFigures, useScriptWords } from "./words";

interface Props {
  crowd: CrowdDetail;
  report: CrowdReport;
}

function Matrix({ crowd, report }: Props) {
  const { t } = useTranslation();
  const { grades, gradeName } = useScriptWords(crowd);
  const { number } = useFigures();
  const found = new Map(report.grades.map((pair) => [`${pair.meant} ${pair.given}`, pair]));
  const present = grades.filter((grade) =>
    report.grades.some(({ meant, given }) => meant === grade || given === grade),
  );
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t("crowd.gradesCaption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("crowd.shouldBe")}</th>
            {present.map((grade) => (
              <th key={grade} scope="col" className={styles.number}>
                {t("crowd.was")} <Grade grade={grade} grades={grades} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {present.map((meant) => (
            <tr key={meant}>
              <th scope="row">
                <Grade grade={meant} grades={grades} /> {gradeName(meant)}
              </th>
              {present.map((given) => {
                const pair = found.get(`${meant} ${given}`);
                const wrong = meant !== given;
                return (
                  <td key={given} className={styles.number}>
                    {pair ? (
                      <Link
                        to={`people/${pair.person}`}
                        relative="path"
                        preventScrollReset
                        title={t("crowd.readOne")}
                        style={{
                          fontWeight: wrong ? 400 : 650,
                          color: wrong ? "var(--state-fault)" : undefined,
                        }}
                      >
                        {number(pair.count)}
                      </Link>
                    ) : (
                      <span className="quiet">–</span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Wishes({ crowd, report }: Props) {
  const { t } = useTranslation();
  const { grades, ending } = useScriptWords(crowd);
  const { percent, number } = useFigures();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("crowd.whoTheyWere")}</th>
            <th scope="col" className={styles.number}>
              {t("crowd.people")}
            </th>
            <th scope="col" className={styles.number}>
              {t("crowd.rightlyGraded")}
            </th>
            <th scope="col">{t("crowd.gradedAs")}</th>
            <th scope="col">{t("crowd.endedBy")}</th>
          </tr>
        </thead>
        <tbody>
          {report.wishes.map((one) => (
            <tr key={one.wish}>
              <th scope="row">{t(`crowdWish.${one.wish}`)}</th>
              <td className={styles.number}>{number(one.right.said)}</td>
              <td className={styles.number}>{percent(one.right.share)}</td>
              <td>
                {grades
                  .filter((grade) => one.grades[grade])
                  .map((grade) => (
                    <span key={grade} style={{ whiteSpace: "nowrap", marginInlineEnd: 10 }}>
                      <Grade grade={grade} grades={grades} /> {number(one.grades[grade] ?? 0)}
                    </span>
                  ))}
              </td>
              <td>
                {Object.entries(one.ended)
                  .slice(0, 3)
                  .map(([name, count]) => `${ending(name)} ${number(count)}`)
                  .join(" · ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How people were graded against how they should have been, and by what they wanted. */
export function GradesReport(props: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.stack}>
      <p className="quiet" style={{ margin: 0 }}>
        {t("crowd.gradesAbout")}
      </p>
      <Matrix {...props} />
      <Wishes {...props} />
    </div>
  );
}
