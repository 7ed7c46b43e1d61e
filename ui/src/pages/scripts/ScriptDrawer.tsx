import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Descriptions, Input, Skeleton, Space } from "antd";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { ScriptDetail } from "@/api/model";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { Grade } from "@/parts/Grade";
import { ProblemNote } from "@/parts/ProblemPage";
import { Time } from "@/parts/Time";
import { Faults, faultsOf } from "./Faults";
import styles from "./scripts.module.css";

function Facts({ script }: { script: ScriptDetail }) {
  const { t } = useTranslation();
  const variables = script.variables.map(
    ({ name, label, required }) => `${label || name}${required ? " *" : ""}`,
  );
  return (
    <Descriptions
      size="small"
      column={1}
      items={[
        {
          key: "published",
          label: t("script.published"),
          children: script.published ? (
            <>
              {t("script.version", { number: script.published.number })} ·&nbsp;
              <Time at={script.published.published_at} />
            </>
          ) : (
            t("script.unpublished")
          ),
        },
        {
          key: "grades",
          label: t("script.grades"),
          children: (
            <Space size={4}>
              {script.grades.map((grade) => (
                <Grade key={grade} grade={grade} grades={script.grades} />
              ))}
            </Space>
          ),
        },
        { key: "variables", label: t("script.variables"), children: variables.join(" · ") || "–" },
      ]}
    />
  );
}

function usePublish(id: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: () => requests.publishScript(id),
    onSuccess: (script) => {
      message.success(t("script.publishedNow", { name: script.name }));
      void client.invalidateQueries({ queryKey: ["scripts"] });
      void client.invalidateQueries({ queryKey: ["script", id] });
    },
  });
}

/** One script: its published version, its newest source, and publishing its draft. */
export function ScriptDrawer() {
  const { t } = useTranslation();
  const { scriptId = "" } = useParams();
  const { data, error, refetch } = useQuery(queries.script(scriptId));
  const publish = usePublish(scriptId);
  const whyNot = useWhyNot("change_scripts");
  const refusal = publish.isError ? asProblem(publish.error) : null;
  const faults = refusal ? faultsOf(refusal) : (data?.faults ?? []);
  return (
    <AddressDrawer
      title={data?.name ?? t("script.one")}
      back="/scripts"
      width={760}
      problem={faults.length === 0 ? refusal : null}
      footer={
        data?.draft ? (
          <Button
            type="primary"
            loading={publish.isPending}
            disabled={whyNot !== null}
            title={whyNot ?? undefined}
            onClick={() => publish.mutate()}
          >
            {t("script.publish", { number: data.draft.number })}
          </Button>
        ) : null
      }
    >
      {error ? <ProblemNote error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active paragraph={{ rows: 12 }} /> : null}
      {data ? (
        <div className={styles.stack}>
          <Faults faults={faults} />
          <Facts script={data} />
          <section>
            <h3 className={styles.heading}>
              {t("script.source", { number: data.draft?.number ?? data.published?.number ?? data.versions })}
            </h3>
            <Input.TextArea
              readOnly
              value={data.source}
              autoSize={{ minRows: 8, maxRows: 28 }}
              className={styles.source}
              aria-label={t("script.sourceOf", { name: data.name })}
            />
          </section>
        </div>
      ) : null}
    </AddressDrawer>
  );
}
