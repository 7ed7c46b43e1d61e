import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, InputNumber, Select, Slider } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { useFormProblem } from "@/parts/useFormProblem";
import { useFigures } from "./words";

interface Wanted {
  script_id?: string;
  people: number;
  seed: number;
}

const FORM = "new-crowd";
const FIELDS = ["script_id", "people", "seed"] as const;
const FIRST = { people: 300, seed: 1 };
const A_MINUTE = 2000;
/** What learning the script takes before the first conversation. */
const LEARNING_S = 20;

function ScriptField() {
  const { t } = useTranslation();
  const scripts = useQuery(queries.scripts({ limit: 200 }));
  return (
    <Form.Item
      name="script_id"
      label={t("crowd.script")}
      rules={[{ required: true, message: t("crowd.chooseScript") }]}
    >
      <Select
        showSearch={{ optionFilterProp: "label" }}
        loading={scripts.isPending}
        placeholder={t("newTask.scriptSearch")}
        options={scripts.data?.items.map((script) => ({
          value: script.id,
          label: `${script.name} · ${
            script.draft
              ? t("crowd.draftOf", { number: script.draft.number })
              : t("script.version", { number: script.published?.number ?? script.versions })
          }`,
        }))}
      />
    </Form.Item>
  );
}

function Summary({ people, script }: { people: number; script: string | undefined }) {
  const { t } = useTranslation();
  const { number } = useFigures();
  const minutes = Math.max(1, Math.ceil((LEARNING_S + (people / A_MINUTE) * 60) / 60));
  return (
    <p>
      {t(script ? "crowd.summary" : "crowd.summaryNoScript", {
        people: number(people),
        script,
        count: minutes,
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
  const create = useMutation({
    mutationFn: ({ script_id = "", people, seed }: Wanted) =>
      requests.createCrowd(script_id, { people, seed, version: null }),
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
          <Summary people={wanted?.people ?? FIRST.people} script={chosen?.name} />
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
        initialValues={{ ...FIRST, script_id: search.get("script") ?? undefined }}
        onFinish={(values) => create.mutate(values)}
      >
        <ScriptField />
        <Form.Item name="people" label={t("crowd.howMany")} extra={t("crowd.howManyHint")}>
          <Slider min={100} max={2000} step={100} marks={{ 100: "100", 1000: "1000", 2000: "2000" }} />
        </Form.Item>
        <Form.Item name="seed" label={t("crowd.seed")} extra={t("crowd.seedHint")}>
          <InputNumber min={0} max={2_147_483_647} precision={0} />
        </Form.Item>
      </Form>
    </AddressDrawer>
  );
}
