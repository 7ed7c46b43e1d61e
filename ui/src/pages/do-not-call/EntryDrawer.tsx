import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Skeleton, Timeline } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { ListedNumber, ListedNumberDetail, NumberList } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { ProblemNote } from "@/parts/ProblemPage";
import { groupedPhone } from "@/parts/phone";
import { Time } from "@/parts/Time";
import { Origin } from "./Origin";
import { useNumberList } from "./useNumberList";

const FORM = "take-off";
const MOST_WORDS = 500;

function useTakeOff(list: NumberList, id: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (why: string) => requests.takeOff(list, id, why),
    onSuccess: (entry) => {
      message.success(t("listed.takenOff", { phone: groupedPhone(entry.phone) }));
      client.setQueryData(queries.listedOne(list, id).queryKey, entry);
      void client.invalidateQueries({ queryKey: ["listed"] });
    },
  });
}

/** Listed, taken off, listed again: the newest first. */
function History({ entries }: { entries: readonly ListedNumber[] }) {
  const { t } = useTranslation();
  const steps = entries.flatMap((entry) => [
    ...(entry.removed_at
      ? [
          {
            key: `${entry.id}-off`,
            color: "gray",
            content: (
              <>
                <div>{t("listed.offBy", { who: entry.removed_by ?? t("listed.someone") })}</div>
                <div style={{ overflowWrap: "anywhere" }}>{entry.removed_why}</div>
                <span className="quiet">
                  <Time at={entry.removed_at} />
                </span>
              </>
            ),
          },
        ]
      : []),
    {
      key: entry.id,
      color: "red",
      content: (
        <>
          <div>
            <Origin entry={entry} />
          </div>
          <span className="quiet">
            <Time at={entry.added_at} />
          </span>
        </>
      ),
    },
  ]);
  return <Timeline items={steps} aria-label={t("listed.history")} />;
}

function TakeOff({ entry, onWhy }: { entry: ListedNumberDetail; onWhy: (why: string) => void }) {
  const { t } = useTranslation();
  const whyNot = useWhyNot("change_do_not_call");
  if (entry.removed_at) return null;
  if (whyNot) return <p className="quiet">{whyNot}</p>;
  return (
    <Form<{ why: string }>
      id={FORM}
      layout="vertical"
      requiredMark={false}
      onFinish={({ why }) => onWhy(why)}
    >
      <h3>{t("listed.takeOff")}</h3>
      <Form.Item
        name="why"
        label={t("listed.takeOffWhy")}
        extra={t("listed.takeOffHint")}
        rules={[{ required: true, whitespace: true, message: t("listed.takeOffMissing") }]}
      >
        <Input.TextArea rows={2} maxLength={MOST_WORDS} />
      </Form.Item>
    </Form>
  );
}

/** One number: why it is on the list, everything that the list ever knew of it, and taking it off. */
export function EntryDrawer() {
  const { t } = useTranslation();
  const { entryId = "" } = useParams();
  const [list] = useNumberList();
  const { data, error, refetch } = useQuery(queries.listedOne(list, entryId));
  const takeOff = useTakeOff(list, entryId);
  const may = useWhyNot("change_do_not_call") === null;
  return (
    <AddressDrawer
      title={data ? groupedPhone(data.phone) : t("menu.doNotCall")}
      back="/do-not-call"
      problem={takeOff.isError ? asProblem(takeOff.error) : null}
      footer={
        data && !data.removed_at && may ? (
          <Button danger type="primary" form={FORM} htmlType="submit" loading={takeOff.isPending}>
            {t("listed.takeOffSubmit", { phone: groupedPhone(data.phone) })}
          </Button>
        ) : null
      }
    >
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
      {data ? (
        <>
          <History entries={data.history} />
          <TakeOff entry={data} onWhy={(why) => takeOff.mutate(why)} />
        </>
      ) : null}
    </AddressDrawer>
  );
}
