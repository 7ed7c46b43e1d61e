import { PhoneOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TrialCall } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNoTestCall } from "@/app/session";
import type { GateWord } from "@/parts/gate-words";
import { ProblemNote } from "@/parts/ProblemPage";
import { useFormProblem } from "@/parts/useFormProblem";
import { useGateRefusal } from "@/parts/useGateRefusal";
import { intentLabel } from "../call/labels";
import { Faults, faultsOf } from "../scripts/Faults";
import { GradeGiven, Turns } from "./Conversation";
import { Listed, RingStatus } from "./RingStatus";
import type { Graded, Said, Tried } from "./tried";
import styles from "./trying.module.css";

const UNDER_WAY_MS = 1_000;
const MOST_LINES = 100;

interface Wished {
  phone: string;
  line_id: string;
  own: boolean;
}

const isOver = (trial: TrialCall | null | undefined): boolean => !trial || trial.ended_at !== null;

const turnsOf = ({ transcript, labels }: TrialCall): Said[] =>
  transcript.map((turn) => ({
    ...turn,
    meaning: turn.intent ? intentLabel(labels, turn.intent) : undefined,
  }));

const gradeOf = ({ grade, grade_reasons, labels }: TrialCall): Graded | null =>
  grade === null ? null : { grade, label: labels.grades[grade] ?? "", reasons: grade_reasons };

/** How far a call to one's own phone has come, and what was said in it. */
function RingResult({ trial, grades }: { trial: TrialCall; grades: readonly string[] }) {
  const { t } = useTranslation();
  const given = gradeOf(trial);
  return (
    <>
      <RingStatus trial={trial} />
      <Turns turns={turnsOf(trial)} />
      {given ? <GradeGiven given={given} grades={grades} labels={trial.labels} /> : null}
      <Listed trial={trial} />
      {trial.answered_at && trial.confirmation !== "missing" ? (
        <Link to={`/trials/${trial.id}`}>{t("trying.toCall")}</Link>
      ) : null}
    </>
  );
}

function useRing(tried: Tried) {
  const client = useQueryClient();
  const [form] = Form.useForm<Wished>();
  const problem = useFormProblem(form, ["phone", "line_id"]);
  const refusal = useGateRefusal("trying.refused");
  const ring = useMutation({
    mutationFn: async ({ phone, line_id }: Wished) => {
      await tried.settle();
      return requests.ring(tried.scriptId, { phone, line_id, own: true, variables: tried.variables });
    },
    onSuccess: (latest) => {
      client.setQueryData(["ringing", tried.scriptId], { phone: latest.phone, latest });
    },
    onError: (error) => {
      const told = asProblem(error);
      const why = refusal(told.body.gate as GateWord | undefined);
      if (why) form.setFields([{ name: "phone", errors: [why] }]);
      else problem.show(told);
    },
  });
  const faults = ring.error ? faultsOf(asProblem(ring.error)) : [];
  return { form, ring, faults, rest: ring.error && faults.length === 0 ? problem.rest : null };
}

function RingForm({ tried, phone, busy }: { tried: Tried; phone: string | null; busy: boolean }) {
  const { t } = useTranslation();
  const whyNot = useWhyNoTestCall();
  const lines = useQuery(queries.lines({ limit: MOST_LINES }));
  const { form, ring, faults, rest } = useRing(tried);
  const choices = (lines.data?.items ?? []).map(({ id, name, caller_number }) => ({
    value: id,
    label: `${name} · ${caller_number}`,
  }));
  if (lines.data && choices.length === 0)
    return (
      <Alert
        type="info"
        showIcon
        title={t("trying.noLine")}
        description={<Link to="/lines/new">{t("trying.toLines")}</Link>}
      />
    );
  if (!lines.data) return lines.error ? <ProblemNote error={lines.error} /> : null;
  return (
    <Form<Wished>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ phone: phone ?? "", line_id: choices[0]?.value, own: false }}
      onFinish={(wished) => ring.mutate(wished)}
    >
      <Form.Item
        name="phone"
        label={t("trying.phone")}
        extra={t("trying.phoneHint")}
        rules={[{ required: true, message: t("form.missing") }]}
      >
        <Input type="tel" data-first autoComplete="tel" placeholder="+44 20 7946 0000" />
      </Form.Item>
      <Form.Item name="line_id" label={t("trying.line")}>
        <Select options={choices} aria-label={t("trying.line")} />
      </Form.Item>
      <Form.Item
        name="own"
        valuePropName="checked"
        rules={[
          {
            validator: (_, own: boolean) =>
              own ? Promise.resolve() : Promise.reject(t("trying.ownMissing")),
          },
        ]}
      >
        <Checkbox>{t("trying.own")}</Checkbox>
      </Form.Item>
      {faults.length > 0 ? <Faults faults={faults} /> : null}
      {rest ? <ProblemNote error={rest} /> : null}
      <div className={styles.actions}>
        <Button
          type="primary"
          icon={<PhoneOutlined />}
          htmlType="submit"
          loading={ring.isPending || busy}
          disabled={whyNot !== null || tried.faults > 0}
        >
          {t("trying.ring")}
        </Button>
        <span className="quiet">{whyNot ?? (tried.faults > 0 ? t("trying.mendFirst") : "")}</span>
      </div>
    </Form>
  );
}

/** Rings the person's own phone and plays the script to them, as a customer would hear it. */
export function RingPhone({ tried }: { tried: Tried }) {
  const { t } = useTranslation();
  const ringing = useQuery({
    ...queries.ringing(tried.scriptId),
    refetchInterval: ({ state }) => (isOver(state.data?.latest) ? false : UNDER_WAY_MS),
  });
  if (ringing.error) return <ProblemNote error={ringing.error} retry={() => void ringing.refetch()} />;
  if (!ringing.data) return null;
  const { phone, latest } = ringing.data;
  return (
    <div className={styles.panel}>
      <p className="quiet" style={{ margin: 0 }}>
        {t("trying.ringAbout")}
      </p>
      <RingForm tried={tried} phone={phone} busy={!isOver(latest)} />
      {latest ? <RingResult trial={latest} grades={tried.grades} /> : null}
    </div>
  );
}
