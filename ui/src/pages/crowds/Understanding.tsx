import { useTranslation } from "react-i18next";
import type { CrowdDetail, CrowdReport, CrowdShare } from "@/api/model";
import styles from "./crowds.module.css";
import { useFigures, useScriptWords } from "./words";

interface Props {
  crowd: CrowdDetail;
  report: CrowdReport;
}

interface Row {
  key: string;
  name: string;
  share: CrowdShare;
}

function Shares({ head, rows }: { head: string; rows: readonly Row[] }) {
  const { t } = useTranslation();
  const { percent, number, range } = useFigures();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className={styles.number}>
              {t("crowd.sentences")}
            </th>
            <th scope="col" className={styles.number}>
              {t("crowd.understood")}
            </th>
            <th scope="col" className={styles.number}>
              {t("crowd.surely")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, share }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td className={styles.number}>{number(share.said)}</td>
              <td className={styles.number}>{percent(share.share)}</td>
              <td className={`${styles.number} quiet`}>{range(share.low, share.high)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How well each thing that people mean is understood, and whether the script knows how sure it is. */
export function Understanding({ crowd, report }: Props) {
  const { t } = useTranslation();
  const { meant, understood } = useScriptWords(crowd);
  const { percent } = useFigures();
  const intents = Object.entries(report.by_intent)
    .map(([name, share]) => ({ key: name, name: meant("intent", name), share }))
    .sort((one, other) => one.share.share - other.share.share);
  const confidence = report.confidence.map((one) => ({
    key: String(one.low),
    name: t("crowd.sureBetween", { low: percent(one.low), high: percent(one.high) }),
    share: one.right,
  }));
  return (
    <div className={styles.columns}>
      <div>
        <p className="quiet">{t("crowd.understandingAbout")}</p>
        <Shares head={t("crowd.whatWasMeant")} rows={intents} />
        {report.untestable.length > 0 ? (
          <p>{t("crowd.untestable", { names: report.untestable.map(understood).join(" · ") })}</p>
        ) : null}
      </div>
      <div>
        <p className="quiet">{t("crowd.calibrationAbout", { error: percent(report.calibration_error) })}</p>
        <Shares head={t("crowd.howSure")} rows={confidence} />
        <p>
          {t("crowd.clearly", { percent: percent(report.accuracy_clear.share) })}{" "}
          {report.nonsense_taken.said > 0
            ? t("crowd.nonsense", { right: report.nonsense_taken.right, said: report.nonsense_taken.said })
            : null}{" "}
          {report.values.said > 0
            ? t("crowd.values", { right: report.values.right, said: report.values.said })
            : null}
        </p>
      </div>
    </div>
  );
}
