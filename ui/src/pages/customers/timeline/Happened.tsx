import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TimelineEntry } from "@/api/book";
import { Grade } from "@/parts/Grade";
import { MessageLabel } from "@/parts/MessageLabel";
import { Phone } from "@/parts/Phone";
import { PhoneStateLabel } from "@/parts/PhoneStateLabel";
import { Time } from "@/parts/Time";
import { clockLength } from "@/parts/times";
import { usePartWords } from "../usePartWords";

type Of<Kind extends TimelineEntry["kind"]> = Extract<TimelineEntry, { kind: Kind }>;
type ListChange = Extract<TimelineEntry, { phone: string; why: string }>;

/** What happened, in words. */
export function Happened({ entry }: { entry: TimelineEntry }): ReactNode {
  const { t } = useTranslation();
  switch (entry.kind) {
    case "call":
      return <Call entry={entry} />;
    case "change":
      return <Change entry={entry} />;
    case "owner":
      return <Owner entry={entry} />;
    case "follow_up":
      return <FollowUp entry={entry} />;
    case "consent":
      return (
        <Told
          what={t(entry.given ? "timeline.consentGiven" : "timeline.consentWithdrawn")}
          more={entry.source}
        />
      );
    case "do_not_call":
    case "call_again":
      return <Listed entry={entry} />;
    case "task":
      return (
        <Told
          what={
            <>
              {t("timeline.task")} <Link to={`/tasks/${entry.task.id}`}>{entry.task.name}</Link>
            </>
          }
          more={<Phone number={entry.phone} />}
        />
      );
    case "message":
      return (
        <Told
          what={
            <>
              <Link to={`/calls/${entry.call_id}`}>{t("timeline.message")}</Link>{" "}
              <MessageLabel message={entry} />
            </>
          }
          more={entry.text}
        />
      );
    case "book":
      return <Told what={t("timeline.book")} more={<Phone number={entry.phone} />} />;
    case "note":
      return <Told what={t("timeline.note")} />;
    case "merge":
      return <Told what={t("timeline.merge")} />;
  }
}

function Told({ what, more }: { what: ReactNode; more?: ReactNode }) {
  return (
    <>
      <div>{what}</div>
      {more ? <div className="quiet">{more}</div> : null}
    </>
  );
}

function Call({ entry: { call } }: { entry: Of<"call"> }) {
  const { t } = useTranslation();
  return (
    <>
      <Link to={`/calls/${call.id}`}>{t("timeline.call", { task: call.task_name })}</Link>
      <div>
        <PhoneStateLabel state={call.phone_state} interrupted={call.interrupted} />{" "}
        <Grade grade={call.grade} />{" "}
        {call.talk_ms > 0 ? <span className="number">{clockLength(call.talk_ms)}</span> : null}
      </div>
      <div className="quiet">
        {t("timeline.script", call.script)} · <Phone number={call.customer.phone} />
      </div>
    </>
  );
}

function useBulkWords() {
  const { t } = useTranslation();
  return (bulk: Of<"change">["bulk"]): string | undefined => {
    if (!bulk) return undefined;
    const what = [t(`bulkAct.${bulk.act}`), bulk.value].filter(Boolean).join(" · ");
    return t(bulk.undone ? "timeline.bulkUndone" : "timeline.bulk", { what });
  };
}

function Change({ entry }: { entry: Of<"change"> }) {
  const { t } = useTranslation();
  const words = usePartWords();
  const bulk = useBulkWords();
  return <Told what={t("timeline.change", { parts: words(entry.parts) })} more={bulk(entry.bulk)} />;
}

function Owner({ entry }: { entry: Of<"owner"> }) {
  const { t } = useTranslation();
  const bulk = useBulkWords();
  if (!entry.known) return <Told what={t("timeline.ownerUnknown")} more={bulk(entry.bulk)} />;
  const what = entry.owner ? t("timeline.ownerGiven", { owner: entry.owner }) : t("timeline.ownerPool");
  return <Told what={what} more={bulk(entry.bulk)} />;
}

function FollowUp({ entry }: { entry: Of<"follow_up"> }) {
  const { t } = useTranslation();
  if (!entry.known) return <Told what={t("timeline.followUpUnknown")} />;
  if (!entry.due_at) return <Told what={t("timeline.followUpDone")} />;
  return <Told what={t("timeline.followUpMade")} more={<Time at={entry.due_at} />} />;
}

function Listed({ entry }: { entry: ListChange }) {
  const { t } = useTranslation();
  const said = entry.source === "call" ? t("timeline.inCall") : entry.why;
  const more = entry.kind === "do_not_call" ? said : entry.why;
  return (
    <Told
      what={t(entry.kind === "do_not_call" ? "timeline.doNotCall" : "timeline.callAgain")}
      more={
        <>
          <Phone number={entry.phone} />
          {more ? " · " : null}
          {entry.call_id && entry.kind === "do_not_call" ? (
            <Link to={`/calls/${entry.call_id}`}>{more}</Link>
          ) : (
            more
          )}
        </>
      }
    />
  );
}
