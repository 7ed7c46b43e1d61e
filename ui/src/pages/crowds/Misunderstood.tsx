import { CheckOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Confusion, CrowdDetail, CrowdReport } from "@/api/model";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { EmptyState } from "@/parts/EmptyState";
import { useProblemWords } from "@/parts/problem-words";
import styles from "./crowds.module.css";
import { useFigures, useScriptWords } from "./words";

interface TeachProps {
  crowd: CrowdDetail;
  meant: string;
  label: string;
  text: string;
}

/** Adds a sentence to what it was meant as, in the script's draft. */
function Teach({ crowd, meant, label, text }: TeachProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const words = useProblemWords();
  const whyNot = useWhyNot("change_scripts");
  const teach = useMutation({
    mutationFn: () => requests.teach(crowd.id, meant, text),
    onSuccess: ({ script_id, draft }) => {
      message.success(t("crowd.taught", { number: draft }));
      void client.invalidateQueries({ queryKey: ["script", script_id] });
      void client.invalidateQueries({ queryKey: ["scripts"] });
    },
    onError: (error) => {
      const { what, why } = words(error);
      message.error([what, why].filter(Boolean).join(" · "));
    },
  });
  if (teach.isSuccess)
    return (
      <span className="quiet">
        <CheckOutlined /> {t("crowd.taughtShort")}
      </span>
    );
  return (
    <Button
      size="small"
      icon={<PlusOutlined />}
      loading={teach.isPending}
      disabled={whyNot !== null}
      title={whyNot ?? t("crowd.teachTitle", { text, label })}
      onClick={() => teach.mutate()}
    >
      {t("crowd.teach", { label })}
    </Button>
  );
}

function Group({ crowd, one }: { crowd: CrowdDetail; one: Confusion }) {
  const { t } = useTranslation();
  const { meant, understood } = useScriptWords(crowd);
  const { percent } = useFigures();
  const label = meant(one.kind, one.meant);
  return (
    <div className={styles.group}>
      <div className={styles.groupHead}>
        <span>
          {t("crowd.meantHeard")} <strong>{label}</strong> → {t("crowd.takenFor")}{" "}
          <strong>{understood(one.understood)}</strong>
        </span>
        <span className="quiet number">{t("crowd.times", { count: one.count })}</span>
      </div>
      <ul className={styles.said}>
        {one.said.map(({ text, person, score, node, known }) => (
          <li key={text}>
            <span className={styles.quote}>
              <Link to={`people/${person}`} relative="path" preventScrollReset>
                “{text}”
              </Link>{" "}
              <span className="quiet">
                {node}
                {score > 0 ? ` · ${t("crowd.sure", { percent: percent(score) })}` : ""}
              </span>
            </span>
            {one.kind === "intent" && !known ? (
              <Teach crowd={crowd} meant={one.meant} label={label} text={text} />
            ) : null}
            {known ? <span className="quiet">{t("crowd.knownHint")}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Sentences that were taken for something else, grouped, the commonest first; each can be taught in one click. */
export function Misunderstood({ crowd, report }: { crowd: CrowdDetail; report: CrowdReport }) {
  const { t } = useTranslation();
  const { meant } = useScriptWords(crowd);
  const missing = Object.entries(report.missing);
  if (report.confusions.length === 0 && missing.length === 0)
    return <EmptyState title={t("crowd.allUnderstood")} hint={t("crowd.allUnderstoodHint")} />;
  return (
    <>
      <p className="quiet">{t("crowd.misunderstoodAbout")}</p>
      {missing.map(([name, count]) => (
        <div key={name} className={styles.group}>
          {t("crowd.missing", { meaning: meant("unknown_to_script", name), count })}
        </div>
      ))}
      {report.confusions.map((one) => (
        <Group key={`${one.kind} ${one.meant} ${one.understood}`} crowd={crowd} one={one} />
      ))}
    </>
  );
}
