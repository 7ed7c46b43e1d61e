import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Descriptions, Tag, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useOutletContext, useParams } from "react-router";
import type { Task, TaskCustomer } from "@/api/model";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNotChange } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { EmptyState } from "@/parts/EmptyState";
import { PageSkeleton } from "@/parts/PageSkeleton";
import { Phone } from "@/parts/Phone";
import { ProblemNote } from "@/parts/ProblemPage";
import { momentWords } from "@/parts/times";
import { useLocale } from "@/parts/useLocale";
import { useNow } from "@/parts/useNow";
import { Attempts } from "./Attempts";
import { Consent, ConsentWord } from "./Consent";
import { otherVariables } from "./variables";

/** Who can't be put back among those to be called. */
const NOT_AGAIN = ["uncalled", "waiting", "calling", "do_not_call"] as const;

function CallAgain({ task, customer }: { task: Task; customer: TaskCustomer }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const mayNot = useWhyNotChange();
  const again = useMutation({
    mutationFn: () => requests.callAgain(task.id, { ids: [customer.id] }),
    onSuccess: ({ put_back }) => {
      if (put_back > 0) message.success(t("callAgain.done", { count: put_back }));
      for (const queryKey of [
        ["customers", task.id],
        ["task", task.id],
      ])
        void client.invalidateQueries({ queryKey });
    },
  });
  const state = NOT_AGAIN.find((one) => one === customer.state);
  const whyNot =
    mayNot ??
    (task.state === "finished" ? t("callAgain.finished") : null) ??
    (state ? t(`callAgainNot.${state}`) : null);
  return (
    <>
      {again.error ? <ProblemNote error={again.error} /> : null}
      <Tooltip title={whyNot}>
        <Button
          disabled={whyNot !== null}
          aria-description={whyNot ?? undefined}
          loading={again.isPending}
          onClick={() => again.mutate()}
        >
          {t("callAgain.one")}
        </Button>
      </Tooltip>
    </>
  );
}

function Facts({ task, customer }: { task: Task; customer: TaskCustomer }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow();
  const variables = otherVariables(task.variables).filter(({ name }) => customer.variables[name]);
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        { key: "phone", label: t("customer.phone"), children: <Phone number={customer.phone} /> },
        {
          key: "state",
          label: t("customer.state"),
          children: (
            <span>
              <Tag>{t(`customerState.${customer.state}`)}</Tag>{" "}
              {customer.due_at ? (
                <span className="quiet">
                  {t("customer.due", { at: momentWords(customer.due_at, now, locale) })}
                </span>
              ) : null}
              {customer.taken_out_why ? (
                <span className="quiet">{t(`takenOut.${customer.taken_out_why}`)}</span>
              ) : null}
            </span>
          ),
        },
        {
          key: "consent",
          label: t("consentNote.title"),
          children: <ConsentWord consent={customer.consent} />,
        },
        ...variables.map(({ name, label }) => ({
          key: `variable-${name}`,
          label: label || name,
          children: customer.variables[name],
        })),
      ]}
    />
  );
}

/** One customer of the task: who it is, and why they were called or not. */
export function CustomerDrawer() {
  const { t } = useTranslation();
  const task = useOutletContext<Task>();
  const { customerId = "" } = useParams();
  const { data, error, refetch } = useQuery(queries.customerHistory(task.id, customerId));
  return (
    <AddressDrawer
      title={
        data ? data.customer.name || t("customer.unnamed") : t(error ? "call.customer" : "state.loading")
      }
      back={`/tasks/${task.id}`}
      width={620}
      footer={data ? <CallAgain task={task} customer={data.customer} /> : null}
    >
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {data ? (
        <>
          <Facts task={task} customer={data.customer} />
          <h3>{t("attempt.title")}</h3>
          {data.attempts.length > 0 ? (
            <Attempts attempts={data.attempts} />
          ) : (
            <EmptyState title={t("attempt.none")} hint={t("attempt.noneHint")} />
          )}
          <h3>{t("consentNote.title")}</h3>
          <Consent key={data.customer.id} task={task} customer={data.customer} notes={data.consents} />
        </>
      ) : null}
      {!data && !error ? <PageSkeleton /> : null}
    </AddressDrawer>
  );
}
