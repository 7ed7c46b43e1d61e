import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Select, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Unanswered } from "@/api/model";
import { scriptRequests } from "@/api/script-requests";
import { EmptyState } from "@/parts/EmptyState";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { meanings } from "../panel/WayFields";
import { type Content, tidied } from "../script/content";
import { useDesk } from "../state/DesignContext";
import { type Answered, AnswerIt } from "./AnswerIt";
import styles from "./sections.module.css";

type Meaning = { to: string } | { question: Answered };

/** Teaching and putting aside: the server does both, so that nothing is taught twice or lost between the two. */
function useSettling(id: string) {
  const { script, saver, edit } = useDesk();
  const client = useQueryClient();
  const settled = () => void client.invalidateQueries({ queryKey: ["unanswered", script.id] });
  const add = useMutation({
    mutationFn: async (meaning: Meaning) => {
      await saver.settle();
      return scriptRequests.addUnanswered(script.id, id, { ...meaning, revision: saver.revision });
    },
    onSuccess: (saved) => {
      saver.follow(saved.revision);
      const { intents, knowledge } = tidied(saved.content) as Content;
      edit((old) => ({ ...old, intents, knowledge }));
      settled();
    },
  });
  const dismiss = useMutation({
    mutationFn: () => scriptRequests.dismissUnanswered(script.id, id),
    onSuccess: settled,
  });
  return { add, dismiss };
}

function Said({ one }: { one: Unanswered }) {
  const { t } = useTranslation();
  return (
    <>
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
      <p className="quiet">
        {t("designer.unanswered.heard", { count: one.times })}
        {one.nodes.length > 0 ? ` · ${t("designer.unanswered.at", { nodes: one.nodes.join(", ") })}` : null}
        {" · "}
        <Link to={`/calls/${one.last_call_id}`}>{t("designer.unanswered.call")}</Link>{" "}
        <Time at={one.last_at} />
      </p>
    </>
  );
}

function One({ one }: { one: Unanswered }) {
  const { t } = useTranslation();
  const { content, whyNot } = useDesk();
  const known = meanings(content);
  const nearest = one.nearest.find((name) => known.some(({ value }) => value === name)) ?? null;
  const [to, setTo] = useState<string | null>(nearest);
  const [answering, setAnswering] = useState(false);
  const { add, dismiss } = useSettling(one.id);
  const busy = add.isPending || dismiss.isPending;
  const error = add.error ?? dismiss.error;
  return (
    <li>
      <Said one={one} />
      <div className={styles.row}>
        <Select
          size="small"
          style={{ width: 230 }}
          aria-label={t("designer.unanswered.means")}
          placeholder={t("designer.unanswered.means")}
          value={to}
          showSearch={{ optionFilterProp: "label" }}
          options={known}
          onChange={setTo}
        />
        <Button
          size="small"
          type="primary"
          disabled={!to || busy || whyNot !== null}
          loading={add.isPending}
          onClick={() => to && add.mutate({ to })}
        >
          {t("designer.unanswered.add")}
        </Button>
        <Button size="small" disabled={busy || whyNot !== null} onClick={() => setAnswering(true)}>
          {t("designer.unanswered.answer")}
        </Button>
        <Button size="small" type="text" disabled={busy || whyNot !== null} onClick={() => dismiss.mutate()}>
          {t("designer.unanswered.dismiss")}
        </Button>
      </div>
      {error ? <ProblemNote error={error} /> : null}
      {answering ? (
        <AnswerIt
          said={one.text}
          onClose={() => setAnswering(false)}
          onAnswer={(question) => {
            setAnswering(false);
            add.mutate({ question });
          }}
        />
      ) : null}
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
