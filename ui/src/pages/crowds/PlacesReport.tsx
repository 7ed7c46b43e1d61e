import { useTranslation } from "react-i18next";
import type { CrowdDetail, CrowdReport } from "@/api/model";
import { Bars } from "@/parts/Bars";
import styles from "./crowds.module.css";
import { useFigures, useScriptWords } from "./words";

interface Props {
  crowd: CrowdDetail;
  report: CrowdReport;
}

function Never({ title, names }: { title: string; names: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3 style={{ fontSize: 14 }}>{title}</h3>
      <p className={names.length > 0 ? undefined : "quiet"}>
        {names.length > 0 ? names.join(" · ") : t("crowd.allReached")}
      </p>
    </section>
  );
}

/** Where people got to, where they hung up, how calls ended, and what nobody ever reached. */
export function PlacesReport({ crowd, report }: Props) {
  const { t } = useTranslation();
  const { ending, understood } = useScriptWords(crowd);
  const { number, percent } = useFigures();
  const nodes = [...report.nodes].sort((one, other) => other.left - one.left);
  return (
    <div className={styles.columns}>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <caption className="visually-hidden">{t("crowd.placesCaption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("crowd.node")}</th>
              <th scope="col" className={styles.number}>
                {t("crowd.cameHere")}
              </th>
              <th scope="col" className={styles.number}>
                {t("crowd.hungUpHere")}
              </th>
            </tr>
          </thead>
          <tbody>
            {nodes.map(({ node, reached, left }) => (
              <tr key={node}>
                <th scope="row">{node}</th>
                <td className={styles.number}>{number(reached)}</td>
                <td className={styles.number}>
                  {left > 0 ? `${number(left)} (${percent(left / reached)})` : "–"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.stack}>
        <Bars
          caption={t("crowd.endings")}
          head={t("crowd.endedBy")}
          bars={Object.entries(report.endings).map(([name, value]) => ({
            key: name,
            label: ending(name),
            value,
            color: "var(--ant-color-primary)",
          }))}
        />
        <Never title={t("crowd.nodesNever")} names={report.nodes_never} />
        <Never
          title={t("crowd.exitsNever")}
          names={report.exits_never.map(({ node, way }) => `${node}: ${way}`)}
        />
        <Never title={t("crowd.questionsNever")} names={report.questions_never.map(understood)} />
      </div>
    </div>
  );
}
