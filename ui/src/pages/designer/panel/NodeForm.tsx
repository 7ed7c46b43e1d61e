import { InputNumber, Select, Switch } from "antd";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import {
  type AskNode,
  type CollectNode,
  DISCLOSURES,
  type HangUpNode,
  type JumpNode,
  type ListenNode,
  listed,
  NAME_PATTERN,
  type Node,
  type SayNode,
  type SendSmsNode,
  type TransferNode,
  UNCONNECTED,
  VALUE_KINDS,
  without,
} from "../script/content";
import { connect, withNode } from "../script/edit";
import { renameVariable } from "../script/references";
import { waysOf } from "../script/ways";
import { useDesk } from "../state/DesignContext";
import { AgainNote } from "./AgainNote";
import { CaseFields } from "./CaseFields";
import { EndingField } from "./EndingField";
import { Field, SettledField } from "./Field";
import { PromptField } from "./PromptField";
import styles from "./panel.module.css";
import { RecordingField } from "./RecordingField";
import { TemplateField } from "./TemplateField";
import { BranchFields, KeyFields, SingleWay } from "./WayFields";
import { WordingsField } from "./WordingsField";

interface Of<T extends Node> {
  name: string;
  node: T;
}

/** Changes a field of the node; what is typed in one field in quick succession is undone together. */
function usePut<T extends Node>({ name, node }: Of<T>) {
  const { edit } = useDesk();
  return (field: keyof T & string, value: unknown) =>
    edit(
      (content) =>
        withNode(
          content,
          name,
          (value === undefined ? without(node, field) : { ...node, [field]: value }) as Node,
        ),
      `${name}.${field}`,
    );
}

type Speaking = SayNode | AskNode | CollectNode | TransferNode | HangUpNode;

function Said({ name, node }: Of<Speaking>) {
  const { t } = useTranslation();
  const put = usePut({ name, node });
  return (
    <>
      <PromptField
        label={t(`designer.text.${node.kind}`)}
        placeholder={t(`designer.textHint.${node.kind}`)}
        value={node.text ?? ""}
        onChange={(text) => put("text", text)}
      />
      {node.kind === "ask" || node.kind === "collect" ? <AgainNote name={name} node={node} /> : null}
      <Field label={t("designer.recording.title")} hint={t("designer.recording.hint")}>
        {() => (
          <RecordingField
            of={name}
            audio={node.audio}
            onChange={(content, audio) =>
              withNode(content, name, audio ? { ...node, audio } : (without(node, "audio") as Node))
            }
          />
        )}
      </Field>
    </>
  );
}

function Discloses({ name, node }: Of<Speaking>) {
  const { t } = useTranslation();
  const put = usePut({ name, node });
  return (
    <Field label={t("designer.discloses.label")} hint={t("designer.discloses.hint")}>
      {(id) => (
        <Select
          id={id}
          mode="multiple"
          style={{ width: "100%" }}
          value={listed(node.discloses)}
          options={DISCLOSURES.map((value) => ({ value, label: t(`designer.discloses.${value}`) }))}
          onChange={(given: string[]) => put("discloses", given.length > 0 ? given : undefined)}
        />
      )}
    </Field>
  );
}

function BargeIn({ name, node }: Of<SayNode | AskNode | CollectNode>) {
  const { t } = useTranslation();
  const put = usePut({ name, node });
  const on = node.barge_in ?? true;
  const id = useId();
  return (
    <div className={styles.switchRow}>
      <Switch
        id={id}
        size="small"
        checked={on}
        onChange={(checked) => put("barge_in", checked ? undefined : false)}
      />
      <label htmlFor={id} className={styles.label}>
        {t("designer.bargeIn.label")}
      </label>
      <p className={styles.hint}>{t(on ? "designer.bargeIn.on" : "designer.bargeIn.off")}</p>
    </div>
  );
}

function Again({ name, node }: Of<AskNode | CollectNode>) {
  const { t } = useTranslation();
  const put = usePut({ name, node });
  return (
    <WordingsField
      label={t("designer.again.label")}
      hint={t("designer.again.hint")}
      placeholder={node.text}
      value={node.again}
      onChange={(again) => put("again", again)}
    />
  );
}

function Silence({ name, node }: Of<AskNode | ListenNode | CollectNode>) {
  const { t } = useTranslation();
  const put = usePut({ name, node });
  return (
    <Field label={t("designer.silence.label")} hint={t("designer.silence.hint")}>
      {(id) => (
        <InputNumber
          id={id}
          min={1}
          max={60}
          step={0.5}
          style={{ width: 150 }}
          suffix={t("designer.silence.unit")}
          value={node.silence_s ?? 5}
          onChange={(value) => put("silence_s", value ?? undefined)}
        />
      )}
    </Field>
  );
}

function Collecting({ name, node }: Of<CollectNode>) {
  const { t } = useTranslation();
  const { edit } = useDesk();
  const put = usePut({ name, node });
  const rename = (variable: string) => edit((content) => renameVariable(content, node.variable, variable));
  return (
    <>
      <SettledField
        label={t("designer.collect.variable")}
        hint={t("designer.collect.variableHint")}
        value={node.variable}
        maxLength={40}
        fault={(text) => (NAME_PATTERN.test(text) ? null : t("designer.name.pattern"))}
        onSettle={(variable) => (node.variable ? rename(variable) : put("variable", variable))}
      />
      <Field label={t("designer.collect.what")} hint={t("designer.collect.whatHint")}>
        {(id) => (
          <Select
            id={id}
            style={{ width: "100%" }}
            value={node.what}
            options={VALUE_KINDS.map((value) => ({ value, label: t(`designer.what.${value}`) }))}
            onChange={(what) => put("what", what)}
          />
        )}
      </Field>
      <PromptField
        label={t("designer.collect.readBack")}
        hint={t("designer.collect.readBackHint", { slot: `{${node.variable}}` })}
        value={node.read_back ?? ""}
        here={node.variable}
        onChange={(text) => put("read_back", text || undefined)}
      />
    </>
  );
}

function Jumping({ name, node }: Of<JumpNode>) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const flows = Object.entries(content.flows ?? {}).map(([value, { label }]) => ({ value, label }));
  return (
    <Field
      label={t("designer.jump.to")}
      hint={flows.length === 0 ? t("designer.jump.none") : t("designer.jump.hint")}
    >
      {(id) => (
        <Select
          id={id}
          style={{ width: "100%" }}
          status={node.to === UNCONNECTED ? "warning" : ""}
          value={node.to === UNCONNECTED ? undefined : node.to}
          placeholder={t("designer.notConnected")}
          options={flows}
          onChange={(flow: string) => edit((old) => connect(old, name, "flow", flow))}
        />
      )}
    </Field>
  );
}

function Ending({ name, node }: Of<HangUpNode>) {
  const put = usePut({ name, node });
  return <EndingField node={node} onChange={(reason) => put("reason", reason)} />;
}

function Template({ name, node }: Of<SendSmsNode>) {
  const put = usePut({ name, node });
  return <TemplateField value={node.template} onChange={(template) => put("template", template)} />;
}

function Hearing({ name, node }: Of<AskNode | ListenNode | CollectNode>) {
  const { t } = useTranslation();
  const ways = waysOf(node);
  return (
    <>
      <BranchFields
        source={name}
        node={node}
        ways={ways}
        hint={t(node.kind === "collect" ? "designer.branches.collectHint" : "designer.branches.hint")}
      />
      <KeyFields source={name} node={node} ways={ways} />
      {node.kind === "collect" ? null : (
        <SingleWay
          source={name}
          way={ways.find(({ id }) => id === "otherwise")}
          label={t("designer.way.otherwise")}
          hint={t("designer.otherwise.ask")}
          none={t("designer.otherwise.none")}
        />
      )}
      <Silence name={name} node={node} />
    </>
  );
}

/** Everything that a node of its kind has. */
export function NodeForm({ name, node }: Of<Node>) {
  const { t } = useTranslation();
  const ways = waysOf(node);
  const way = (id: string) => ways.find((one) => one.id === id);
  const next = <SingleWay source={name} way={way("next")} label={t("designer.way.next")} />;
  switch (node.kind) {
    case "say":
      return (
        <>
          <Said name={name} node={node} />
          {next}
          <BargeIn name={name} node={node} />
          <Discloses name={name} node={node} />
        </>
      );
    case "ask":
      return (
        <>
          <Said name={name} node={node} />
          <Hearing name={name} node={node} />
          <Again name={name} node={node} />
          <BargeIn name={name} node={node} />
          <Discloses name={name} node={node} />
        </>
      );
    case "listen":
      return <Hearing name={name} node={node} />;
    case "branch":
      return (
        <>
          <BranchFields source={name} node={node} ways={ways} hint={t("designer.branches.branchHint")} />
          <SingleWay source={name} way={way("otherwise")} label={t("designer.way.otherwise")} />
        </>
      );
    case "collect":
      return (
        <>
          <Said name={name} node={node} />
          <Collecting name={name} node={node} />
          <SingleWay source={name} way={way("next")} label={t("designer.collect.next")} />
          <SingleWay
            source={name}
            way={way("failed")}
            label={t("designer.way.failed")}
            hint={t("designer.collect.failedHint")}
            none={t("designer.collect.failedNone")}
          />
          <Hearing name={name} node={node} />
          <Again name={name} node={node} />
          <BargeIn name={name} node={node} />
          <Discloses name={name} node={node} />
        </>
      );
    case "condition":
      return (
        <>
          <CaseFields name={name} node={node} />
          <SingleWay
            source={name}
            way={way("otherwise")}
            label={t("designer.way.otherwise")}
            hint={t("designer.otherwise.condition")}
          />
        </>
      );
    case "jump":
      return <Jumping name={name} node={node} />;
    case "transfer":
      return (
        <>
          <Said name={name} node={node} />
          <SingleWay source={name} way={way("failed")} label={t("designer.way.failed")} />
        </>
      );
    case "send_sms":
      return (
        <>
          <Template name={name} node={node} />
          <SingleWay source={name} way={way("next")} label={t("designer.sms.next")} />
          <SingleWay
            source={name}
            way={way("held")}
            label={t("designer.way.held")}
            hint={t("designer.sms.heldHint")}
            none={t("designer.sms.heldNone")}
          />
          <SingleWay
            source={name}
            way={way("failed")}
            label={t("designer.sms.failed")}
            hint={t("designer.sms.failedHint")}
          />
        </>
      );
    case "hang_up":
      return (
        <>
          <Said name={name} node={node} />
          <Ending name={name} node={node} />
          <Discloses name={name} node={node} />
        </>
      );
  }
}
