import { CopyOutlined, FileAddOutlined, InboxOutlined, UploadOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Radio, Select, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { asProblem } from "@/api/problem";
import { queries } from "@/api/queries";
import { requests } from "@/api/requests";
import { scriptRequests } from "@/api/script-requests";
import { useMe, useWhyNot } from "@/app/session";
import { AddressDrawer } from "@/parts/AddressDrawer";
import { useSettled } from "@/parts/useSettled";
import { briefSkeleton } from "../brief/skeleton";
import type { ScriptLanguage } from "../designer/script/content";
import { skeleton } from "../designer/script/skeleton";
import { NoLanguageModel } from "../scripting/NoLanguageModel";
import { Faults, faultsOf } from "./Faults";
import styles from "./scripts.module.css";

const FORM = "new-script";
const WAYS = ["blank", "copy", "file"] as const;
type Way = (typeof WAYS)[number];
const ICONS = { blank: <FileAddOutlined />, copy: <CopyOutlined />, file: <UploadOutlined /> };
const SETTLE_MS = 250;

const ENGINES = ["drawn", "model"] as const;
type Engine = (typeof ENGINES)[number];

interface Fields {
  name?: string;
  language?: ScriptLanguage;
  engine?: Engine;
  from?: string;
  source?: string;
}

async function made(way: Way, fields: Fields, company: string) {
  const { name = "", language = "en", engine = "drawn", from = "", source = "" } = fields;
  const wanted = name.trim();
  if (way === "copy") return scriptRequests.copy(from, wanted);
  if (way === "file") return requests.uploadScript(source, wanted || null);
  return requests.uploadScript(
    JSON.stringify((engine === "model" ? briefSkeleton : skeleton)(language, wanted, company)),
    wanted,
  );
}

function useMake(way: Way) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { tenant } = useMe();
  return useMutation({
    mutationFn: (fields: Fields) => made(way, fields, tenant.name),
    onSuccess: (script) => {
      void client.invalidateQueries({ queryKey: ["scripts"] });
      void client.invalidateQueries({ queryKey: ["script", script.id] });
      navigate(`/scripts/${script.id}/edit`);
    },
  });
}

function Original() {
  const { t } = useTranslation();
  const [sought, setSought] = useState("");
  const name = useSettled(sought.trim(), SETTLE_MS);
  const { data } = useQuery(queries.scripts({ name, limit: 50 }));
  return (
    <Form.Item
      name="from"
      label={t("script.copyOf")}
      rules={[{ required: true, message: t("script.copyMissing") }]}
    >
      <Select
        showSearch={{ filterOption: false, onSearch: setSought }}
        placeholder={t("newTask.scriptSearch")}
        options={(data?.items ?? []).map((script) => ({ value: script.id, label: script.name }))}
      />
    </Form.Item>
  );
}

function EngineChoice() {
  const { t } = useTranslation();
  const engine = Form.useWatch<Engine | undefined>("engine");
  return (
    <>
      <Form.Item name="engine" label={t("script.engineLabel")}>
        <Radio.Group
          vertical
          options={ENGINES.map((value) => ({ value, label: t(`script.engine.${value}`) }))}
        />
      </Form.Item>
      {engine === "model" ? <NoLanguageModel /> : null}
    </>
  );
}

function Language() {
  const { t } = useTranslation();
  return (
    <Form.Item name="language" label={t("designer.voice.language")} extra={t("script.blankHint")}>
      <Radio.Group
        options={[
          { value: "en", label: t("script.language.en") },
          { value: "zh", label: t("script.language.zh") },
        ]}
      />
    </Form.Item>
  );
}

function Source({ onTaken }: { onTaken: (source: string) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item>
        <Upload.Dragger
          accept=".yaml,.yml"
          showUploadList={false}
          beforeUpload={async (file) => {
            onTaken(await file.text());
            return Upload.LIST_IGNORE;
          }}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined />
          </p>
          <p className="ant-upload-text">{t("script.drop")}</p>
        </Upload.Dragger>
      </Form.Item>
      <Form.Item
        name="source"
        label={t("script.text")}
        rules={[{ required: true, message: t("script.textMissing") }]}
      >
        <Input.TextArea rows={12} spellCheck={false} className={styles.source} />
      </Form.Item>
    </>
  );
}

function WayChoice({ way, onChoose }: { way: Way; onChoose: (way: Way) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group value={way} className={styles.ways} onChange={({ target }) => onChoose(target.value as Way)}>
      {WAYS.map((one) => (
        <Radio.Button key={one} value={one} className={styles.way}>
          {ICONS[one]} {t(`script.from.${one}`)}
        </Radio.Button>
      ))}
    </Radio.Group>
  );
}

/** A script that isn't there yet: from the least that can be published, from another script, or from a file. */
export function NewScript() {
  const { t, i18n } = useTranslation();
  const whyNot = useWhyNot("change_scripts");
  const [search] = useSearchParams();
  const from = search.get("from") ?? undefined;
  const [way, setWay] = useState<Way>(from ? "copy" : "blank");
  const [form] = Form.useForm<Fields>();
  const make = useMake(way);
  const problem = make.isError ? asProblem(make.error) : null;
  const faults = problem ? faultsOf(problem) : [];
  const needed = way !== "file";
  return (
    <AddressDrawer
      title={t("script.new")}
      back="/scripts"
      width={640}
      problem={faults.length === 0 ? problem : null}
      footer={
        <Button
          type="primary"
          form={FORM}
          htmlType="submit"
          loading={make.isPending}
          disabled={whyNot !== null}
          title={whyNot ?? undefined}
        >
          {t("script.create")}
        </Button>
      }
    >
      <WayChoice
        way={way}
        onChoose={(next) => {
          make.reset();
          setWay(next);
        }}
      />
      {faults.length > 0 ? (
        <div style={{ marginBlockEnd: 16 }}>
          <Faults faults={faults} />
        </div>
      ) : null}
      <Form<Fields>
        id={FORM}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ engine: "drawn", language: i18n.language.startsWith("zh") ? "zh" : "en", from }}
        onFinish={(values) => make.mutate(values)}
      >
        {way === "file" ? <Source onTaken={(source) => form.setFieldValue("source", source)} /> : null}
        {way === "copy" ? <Original /> : null}
        <Form.Item
          name="name"
          label={t("script.name")}
          extra={needed ? undefined : t("script.nameHint")}
          rules={needed ? [{ required: true, whitespace: true, message: t("script.nameMissing") }] : []}
        >
          <Input
            maxLength={120}
            autoFocus={needed}
            placeholder={needed ? t("script.nameExample") : undefined}
          />
        </Form.Item>
        {way === "blank" ? (
          <>
            <EngineChoice />
            <Language />
          </>
        ) : null}
      </Form>
    </AddressDrawer>
  );
}
