import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Bars.module.css";
import { count, percent } from "./numbers";

export interface Bar {
  key: string;
  label: ReactNode;
  value: number;
  color: string;
}

interface Props {
  caption: string;
  head: string;
  bars: readonly Bar[];
}

/** A bar chart that is its own table: label, bar, number and share in each row. */
export function Bars({ caption, head, bars }: Props) {
  const { t, i18n } = useTranslation();
  const total = bars.reduce((sum, { value }) => sum + value, 0);
  const largest = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <table className={styles.bars}>
      <caption className={styles.caption}>{caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{t("chart.number")}</th>
          <th scope="col">{t("chart.share")}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, label, value, color }) => (
          <tr key={key}>
            <th scope="row" className={styles.label}>
              {label}
            </th>
            <td className={styles.cell}>
              <div className={styles.line}>
                <div className={styles.track}>
                  <div
                    className={styles.bar}
                    style={{ width: `${(value / largest) * 100}%`, background: color }}
                  />
                </div>
                <span className={styles.value}>{count(value, i18n.language)}</span>
              </div>
            </td>
            <td className={styles.share}>{percent(value, total, i18n.language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
