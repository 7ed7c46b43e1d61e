import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Script, ScriptVersion } from "@/api/model";
import { queries } from "@/api/queries";
import { scriptRequests } from "@/api/script-requests";

/** Stands for a script's newest version, whichever that is when the crowd is asked for. */
export const NEWEST = 0;
const LONGEST_NOTE = 30;

function useVersionWords() {
  const { t } = useTranslation();
  return {
    newestOf: (script: Script) =>
      script.draft
        ? t("crowd.draftOf", { number: script.draft.number })
        : t("script.version", { number: script.published?.number ?? script.versions }),
    called: ({ number, current, note }: ScriptVersion) =>
      [
        t("script.version", { number }),
        current ? t("arms.current") : "",
        note.length > LONGEST_NOTE ? `${note.slice(0, LONGEST_NOTE)}…` : note,
      ]
        .filter(Boolean)
        .join(" · "),
  };
}

/** Which script. `onOther` is told when another is chosen. */
export function ScriptField({ onOther }: { onOther: () => void }) {
  const { t } = useTranslation();
  const { newestOf } = useVersionWords();
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
        onChange={onOther}
        options={scripts.data?.items.map((script) => ({
          value: script.id,
          label: `${script.name} · ${newestOf(script)}`,
        }))}
      />
    </Form.Item>
  );
}

/** Which of its versions: the newest, or one before. */
export function VersionField({ script }: { script: Script }) {
  const { t } = useTranslation();
  const { newestOf, called } = useVersionWords();
  const newest = script.draft?.number ?? script.published?.number;
  const versions = useQuery({
    queryKey: ["script-versions", script.id, "all"],
    queryFn: ({ signal }) => scriptRequests.versions(script.id, signal),
  });
  const earlier = versions.data?.filter(({ number }) => number !== newest) ?? [];
  return (
    <Form.Item name="version" label={t("crowd.version")} extra={t("crowd.versionHint")}>
      <Select
        loading={versions.isPending}
        options={[
          { value: NEWEST, label: t("crowd.newest", { which: newestOf(script) }) },
          ...earlier.map((version) => ({ value: version.number, label: called(version) })),
        ]}
      />
    </Form.Item>
  );
}
