import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useFallbackInterval } from "@/app/LiveNews";
import { useWhyNoTestCall } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import type { GateWord } from "@/parts/gate-words";
import { useFormProblem } from "@/parts/useFormProblem";
import { useGateRefusal } from "@/parts/useGateRefusal";
import { TestCallResult } from "./TestCallResult";

const FORM = "test-call";
const UNDER_WAY_MS = 2_000;

/** Calls one number over the line, and shows how far the call gets. */
export function TestCallDrawer() {
  const { t } = useTranslation();
  const { lineId = "" } = useParams();
  const client = useQueryClient();
  const whyNot = useWhyNoTestCall();
  const [form] = Form.useForm<{ to: string }>();
  const faults = useFormProblem(form, ["to"]);
  const fallback = useFallbackInterval();
  const latest = useQuery({
    ...queries.testCall(lineId),
    // That no node takes the call is told by nobody: it is only seen by asking.
    refetchInterval: ({ state }) => (state.data && !state.data.ended_at ? UNDER_WAY_MS : fallback),
  });
  const refusal = useGateRefusal("testCall.refused");
  const place = useMutation({
    mutationFn: ({ to }: { to: string }) => requests.placeTestCall(lineId, to),
    onSuccess: (placed) => client.setQueryData(["test-call", lineId], placed),
    onError: (error) => {
      const problem = asProblem(error);
      const why = refusal(problem.body.gate as GateWord | undefined);
      if (why) form.setFields([{ name: "to", errors: [why] }]);
      else faults.show(problem);
    },
  });
  const underWay = latest.data ? !latest.data.ended_at : false;
  return (
    <AddressDrawer
      title={t("testCall.title")}
      back="/lines"
      problem={faults.rest ?? latest.error}
      footer={
        <Button
          type="primary"
          form={FORM}
          htmlType="submit"
          loading={place.isPending || underWay}
          disabled={whyNot !== null}
        >
          {t("testCall.place")}
        </Button>
      }
    >
      <p>{t("testCall.about")}</p>
      <Form
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => place.mutate(values)}
      >
        <Form.Item
          name="to"
          label={t("testCall.to")}
          extra={t("testCall.toHint")}
          rules={[{ required: true, message: t("form.missing") }]}
        >
          <Input type="tel" autoFocus autoComplete="off" placeholder="+44 20 7946 0000" />
        </Form.Item>
      </Form>
      {whyNot ? <p className="quiet">{whyNot}</p> : null}
      {latest.data ? <TestCallResult call={latest.data} /> : null}
    </AddressDrawer>
  );
}
