import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Unanswered } from "@/api/model";
import { scriptRequests } from "@/api/script-requests";
import { EmptyState } from "@/parts/EmptyState";
import { ProblemNote } from "@/parts/ProblemPage";
import { meanings } from "../panel/WayFields";
import type { Content } from "../script/content";
import { useDesk } from "../state/DesignContext";
import styles from "./sections.module.css";

const LONGEST = 200;

/** The script with `sentences` as more ways to say what `name` means. */
export function taught(content: Content, name: string, sentences: readonly string[]): Content {
  const texts = sentences.map((text) => text.trim().slice(0, LONGEST));
  const intent = content.intents[name];
  if (intent)
    return {
      ...content,
      intents: {
        ...content.intents,
        [name]: { ...intent, examples: [...new Set([...intent.examples, ...texts])] },
      },
    };
  const question = content.knowledge?.[name];
  if (!question) return content;
  const wordings = [...new Set([...question.wordings, ...texts])];
  return { ...content, knowledge: { ...content.knowledge, [name]: { ...question, wordings } } };
}

function One({ one }: { one: Unanswered }) {
  const { t } = useTranslation();
  const { script, content, edit, whyNot } = useDesk();
  const client = useQueryClient();
  const [to, setTo] = useState<string | null>(null);
  const gone = useMutation({
    mutationFn: () => scriptRequests.dismissUnanswered(script.id, one.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["unanswered", script.id] }),
  });
  const add = () => {
    if (!to) return;
    edit((old) =>
      taught(
        old,
        to,
        one.wordings.map(({ text }) => text),
      ),
    );
    gone.mutate();
  };
  return (
    <li>
      <p className={styles.quote}>
        “{one.text}”
        {one.wordings.length > 1 ? (
          <span className="quiet">
            {" "}
            {one.wordings
              .slice(1)
              .map(({ text }) => `“${text}”`)
              .join(" ")}
          </span>
        ) : null}
      </p>
      <div className={styles.row}>
        <span className="quiet">{t("designer.unanswered.heard", { count: one.times })}</span>
        <Select
          size="small"
          style={{ width: 230 }}
          aria-label={t("designer.unanswered.means")}
          placeholder={t("designer.unanswered.means")}
          value={to}
          showSearch={{ optionFilterProp: "label" }}
          options={meanings(content)}
          onChange={setTo}
        />
        <Button
          size="small"
          type="primary"
          disabled={!to || whyNot !== null}
          loading={gone.isPending}
          onClick={add}
        >
          {t("designer.unanswered.add")}
        </Button>
        <Button size="small" disabled={whyNot !== null} onClick={() => gone.mutate()}>
          {t("designer.unanswered.dismiss")}
        </Button>
      </div>
      {gone.isError ? <ProblemNote error={gone.error} /> : null}
    </li>
  );
}

/** What people said in real calls that the script had no answer to. */
export function UnansweredSection() {
  const { t } = useTranslation();
  const { script } = useDesk();
  const { data, error, refetch } = useQuery({
    queryKey: ["unanswered", script.id],
    queryFn: ({ signal }) => scriptRequests.unanswered(script.id, signal),
  });
  return (
    <>
      <p className={styles.about}>{t("designer.unanswered.about")}</p>
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active /> : null}
      {data?.length === 0 ? (
        <EmptyState title={t("designer.unanswered.none")} hint={t("designer.unanswered.noneHint")} />
      ) : null}
      <ul className={styles.unanswered}>
        {data?.map((one) => (
          <One key={one.id} one={one} />
        ))}
      </ul>
    </>
  );
}
