import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useLocale } from "@/parts/useLocale";
import styles from "./Bars.module.css";
import { count, percent } from "./numbers";

interface Bar {
  key: string;
  label: ReactNode;
  value: number;
  color: string;
  /** The search part of the address that shows these calls, and the words that say so. */
  link?: { search: string; title: string };
}

interface Props {
  caption: string;
  head: string;
  bars: readonly Bar[];
  /** What shares are of; without it, of all bars together. */
  whole?: number;
}

/** A bar chart that is its own table: label, bar, number and share in each row. */
export function Bars({ caption, head, bars, whole }: Props) {
  const { t } = useTranslation();
  const locale = useLocale();
  const total = whole ?? bars.reduce((sum, { value }) => sum + value, 0);
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
        {bars.map(({ key, label, value, color, link }) => (
          <tr key={key}>
            <th scope="row" className={styles.label}>
              {link && value > 0 ? (
                <Link
                  to={{ search: link.search }}
                  title={link.title}
                  preventScrollReset
                  className={styles.link}
                >
                  {label}
                </Link>
              ) : (
                label
              )}
            </th>
            <td className={styles.cell}>
              <div className={styles.line}>
                <div className={styles.track}>
                  <div
                    className={styles.bar}
                    style={{
                      width: `${(value / largest) * 100}%`,
                      background: color,
                      minWidth: value > 0 ? 2 : 0,
                    }}
                  />
                </div>
                <span className={styles.value}>{count(value, locale)}</span>
              </div>
            </td>
            <td className={styles.share}>{percent(value, total, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
