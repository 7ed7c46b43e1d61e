import { useQuery } from "@tanstack/react-query";
import { Segmented, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CrowdDetail } from "@/api/model";
import { queries } from "@/api/queries";
import { EmptyState } from "@/parts/EmptyState";
import { Grade } from "@/parts/Grade";
import { ProblemNote } from "@/parts/ProblemPage";
import styles from "./crowds.module.css";
import { useFigures, useScriptWords } from "./words";

/** Conversations to be read in full: those that went wrong, or some that went well. */
export function Conversations({ crowd }: { crowd: CrowdDetail }) {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState(true);
  const { number } = useFigures();
  const { grades, ending } = useScriptWords(crowd);
  const { data, error, refetch } = useQuery(queries.crowdConversations(crowd.id, wrong));
  return (
    <>
      <Segmented
        value={wrong ? "wrong" : "well"}
        onChange={(chosen) => setWrong(chosen === "wrong")}
        options={[
          { value: "wrong", label: t("crowd.wentWrong") },
          { value: "well", label: t("crowd.wentWell") },
        ]}
      />
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
      {data?.items.length === 0 ? <EmptyState title={t("crowd.noConversations")} /> : null}
      {data && data.items.length > 0 ? (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("crowd.whoTheyWere")}</th>
                <th scope="col">{t("crowd.gradedAs")}</th>
                <th scope="col">{t("crowd.shouldBe")}</th>
                <th scope="col">{t("crowd.endedBy")}</th>
                <th scope="col" className={styles.number}>
                  {t("crowd.turns")}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.items.map((one) => (
                <tr key={one.number}>
                  <th scope="row">
                    <Link to={`people/${one.number}`} relative="path" preventScrollReset>
                      {t(`crowdWish.${one.wish as "interested"}`)}
                    </Link>
                  </th>
                  <td>
                    <Grade grade={one.grade} grades={grades} />
                  </td>
                  <td>
                    <Grade grade={one.meant_grade} grades={grades} />
                  </td>
                  <td>{ending(one.left ? "left" : one.ended)}</td>
                  <td className={styles.number}>{number(one.turns)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </>
  );
}
