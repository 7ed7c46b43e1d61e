import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, InputNumber, Radio, Slider } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import type { Crowd } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { useFormProblem } from "@/parts/useFormProblem";
import { NEWEST, ScriptField, VersionField } from "./ScriptFields";
import { useFigures } from "./words";

interface Wanted {
  script_id?: string;
  version: number;
  mode: Crowd["mode"];
  people: number;
  seed: number;
}

const FORM = "new-crowd";
const FIELDS = ["script_id", "version", "mode", "people", "seed"] as const;
const FIRST: Wanted = { version: NEWEST, mode: "text", people: 300, seed: 1 };
/** How many people a crowd has at first, and how many it may have. */
const SIZES = {
  text: { first: 300, min: 100, max: 2000, step: 100, marks: { 100: "100", 1000: "1000", 2000: "2000" } },
  speech: { first: 20, min: 5, max: 50, step: 5, marks: { 5: "5", 20: "20", 50: "50" } },
};
const A_MINUTE = 2000;
/** What learning the script takes before the first conversation. */
const LEARNING_S = 20;
/** Calls in sound: how long one lasts, and how many are under way at once. */
const CALL_S = 40;
const AT_ONCE = 4;

function minutesFor({ mode, people }: Pick<Wanted, "mode" | "people">) {
  const seconds = mode === "text" ? (people / A_MINUTE) * 60 : (people * CALL_S) / AT_ONCE;
  return Math.max(1, Math.ceil((LEARNING_S + seconds) / 60));
}

function Summary({ wanted, script }: { wanted: Wanted; script: string | undefined }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  return (
    <p>
      {t(script ? "crowd.summary" : "crowd.summaryNoScript", {
        people: number(wanted.people),
        script,
        count: minutesFor(wanted),
      })}
    </p>
  );
}

/** Which script meets how many simulated people. */
export function NewCrowd() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const [form] = Form.useForm<Wanted>();
  const faults = useFormProblem(form, FIELDS);
  const wanted = Form.useWatch([], form);
  const scripts = useQuery(queries.scripts({ limit: 200 })).data?.items;
  const chosen = scripts?.find(({ id }) => id === wanted?.script_id);
  const sizes = SIZES[wanted?.mode ?? FIRST.mode];
  const create = useMutation({
    mutationFn: ({ script_id = "", version, ...kind }: Wanted) =>
      requests.createCrowd(script_id, { ...kind, version: version || null }),
    onSuccess: (crowd) => {
      void client.invalidateQueries({ queryKey: ["crowds"] });
      navigate(`/crowds/${crowd.id}`);
    },
    onError: (error) => faults.show(asProblem(error)),
  });
  return (
    <AddressDrawer
      title={t("crowd.start")}
      back="/crowds"
      problem={faults.rest}
      footer={
        <>
          <Summary wanted={wanted ?? FIRST} script={chosen?.name} />
          <Button type="primary" form={FORM} htmlType="submit" loading={create.isPending}>
            {t("crowd.begin")}
          </Button>
        </>
      }
    >
      <Form
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          ...FIRST,
          script_id: search.get("script") ?? undefined,
          version: Number(search.get("version")) || NEWEST,
        }}
        onFinish={(values) => create.mutate(values)}
      >
        <ScriptField onOther={() => form.setFieldValue("version", NEWEST)} />
        {chosen ? <VersionField script={chosen} /> : null}
        <Form.Item
          name="mode"
          label={t("crowd.mode")}
          extra={t(wanted?.mode === "speech" ? "crowd.modeHint.speech" : "crowd.modeHint.text")}
        >
          <Radio.Group
            onChange={({ target }) =>
              form.setFieldValue("people", SIZES[target.value as Crowd["mode"]].first)
            }
            options={(["text", "speech"] as const).map((value) => ({
              value,
              label: t(`crowd.modeName.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="people"
          label={t("crowd.howMany")}
          extra={t(wanted?.mode === "speech" ? "crowd.howManySpeech" : "crowd.howManyHint")}
        >
          <Slider
            ariaLabelForHandle={t("crowd.howMany")}
            min={sizes.min}
            max={sizes.max}
            step={sizes.step}
            marks={sizes.marks}
          />
        </Form.Item>
        <Form.Item name="seed" label={t("crowd.seed")} extra={t("crowd.seedHint")}>
          <InputNumber min={0} max={2_147_483_647} precision={0} />
        </Form.Item>
      </Form>
    </AddressDrawer>
  );
}
