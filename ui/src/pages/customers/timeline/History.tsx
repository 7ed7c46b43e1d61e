import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { Button, Select, Timeline } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bookQueries, type TimelineEntry, type TimelineKind } from "@/api/book";
import { EmptyState } from "@/parts/EmptyState";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { Happened } from "./Happened";
import styles from "./timeline.module.css";

/** What people look for, each with the kinds that tell of it. */
const TOPICS = {
  calls: ["call"],
  messages: ["message"],
  notes: ["note"],
  followUps: ["follow_up"],
  owners: ["owner"],
  changes: ["change", "merge", "book"],
  consent: ["consent", "do_not_call", "call_again"],
  tasks: ["task"],
} as const satisfies Record<string, readonly TimelineKind[]>;
type Topic = keyof typeof TOPICS;
const NAMES = Object.keys(TOPICS) as Topic[];
const HAPPENED_BY_ITSELF: readonly TimelineKind[] = ["task", "book", "message"];

function colour(entry: TimelineEntry): string {
  if (entry.kind === "call") return entry.call.phone_state === "connected" ? "green" : "gray";
  if (entry.kind === "do_not_call" || (entry.kind === "consent" && !entry.given)) return "red";
  return HAPPENED_BY_ITSELF.includes(entry.kind) ? "gray" : "blue";
}

/** Everything that happened with a customer, the latest first, further back as one asks for it. */
export function History({ id }: { id: string }) {
  const { t } = useTranslation();
  const [topics, setTopics] = useState<Topic[]>([]);
  const kinds = topics.flatMap((topic) => [...TOPICS[topic]]);
  const query = useInfiniteQuery(bookQueries.timeline(id, kinds));
  return (
    <section aria-labelledby="timeline">
      <div className={styles.head}>
        <h3 id="timeline">{t("timeline.title")}</h3>
        <Select
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          className={styles.topics}
          value={topics}
          placeholder={t("timeline.all")}
          aria-label={t("timeline.topics")}
          options={NAMES.map((topic) => ({ value: topic, label: t(`timelineTopic.${topic}`) }))}
          onChange={setTopics}
        />
      </div>
      <Entries query={query} filtered={topics.length > 0} />
    </section>
  );
}

interface EntriesProps {
  query: UseInfiniteQueryResult<{ pages: { items: TimelineEntry[] }[] }>;
  filtered: boolean;
}

function Entries({ query, filtered }: EntriesProps) {
  const { t } = useTranslation();
  if (query.isPending) return <PageSkeleton />;
  if (!query.data) return <ProblemNote error={query.error} retry={() => void query.refetch()} />;
  const entries = query.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0) {
    return filtered ? (
      <EmptyState title={t("timeline.noneSuch")} hint={t("timeline.noneSuchHint")} />
    ) : (
      <EmptyState title={t("timeline.none")} hint={t("timeline.noneHint")} />
    );
  }
  return (
    <>
      <Timeline
        aria-label={t("timeline.title")}
        items={entries.map((entry) => ({
          key: `${entry.kind} ${entry.id}`,
          color: colour(entry),
          content: (
            <>
              <Happened entry={entry} />
              <span className="quiet">
                <Time past at={entry.at} />
                {entry.who ? ` · ${entry.who}` : null}
              </span>
            </>
          ),
        }))}
      />
      {query.error ? <ProblemNote error={query.error} retry={() => void query.fetchNextPage()} /> : null}
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("timeline.earlier")}
        </Button>
      ) : null}
    </>
  );
}
