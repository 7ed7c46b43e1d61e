import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useEndingWords } from "@/parts/ending-words";
import { type Content, listed, type Test, type When, without } from "../script/content";
import { knownVariables } from "../script/variables";
import { useDesk } from "../state/DesignContext";
import styles from "./panel.module.css";
import { TestEditor } from "./TestEditor";
import { meanings } from "./WayFields";

const LISTS = ["reached", "not_reached", "met", "not_met", "collected", "ended"] as const;
const NUMBERS = ["turns_at_least", "talk_at_least_s", "talk_below_s"] as const;
type ListPart = (typeof LISTS)[number];
type NumberPart = (typeof NUMBERS)[number];
type Part = ListPart | NumberPart | "where";
/** What only a drawn script has. */
const NODES: readonly Part[] = ["reached", "not_reached"];

/** How a call can end by itself, besides the reasons of the goodbyes. */
const ENDINGS = ["silence", "not_understood", "too_long", "hung_up"] as const;

function isThere(when: When, part: Part): boolean {
  const value = when[part];
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

type Worded = (name: string) => string;

function choicesFor(content: Content, part: ListPart, ending: Worded): { value: string; label: string }[] {
  if (part === "met" || part === "not_met") return meanings(content);
  if (part === "ended") return endings(content).map((value) => ({ value, label: ending(value) }));
  const names = part === "collected" ? collected(content) : Object.keys(content.nodes);
  return names.map((value) => ({ value, label: value }));
}

const collected = (content: Content): string[] => [
  ...knownVariables(content).flatMap(({ name, origin }) => (origin === "collected" ? [name] : [])),
  ...Object.keys(content.collect ?? {}),
];

const endings = (content: Content): string[] => {
  const reasons = Object.values(content.nodes).flatMap((node) =>
    node.kind === "hang_up" ? [node.reason || "finished"] : [],
  );
  return [...new Set([...reasons, ...Object.keys(content.brief?.goodbyes ?? {}), ...ENDINGS])];
};

interface ClauseProps {
  when: When;
  onChange: (when: When) => void;
}

function ListClause({ part, when, onChange }: ClauseProps & { part: ListPart }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const ending = useEndingWords();
  return (
    <div className={styles.clauseBody}>
      <span className="quiet">{t(`designer.clause.${part}`)}</span>
      <Select
        mode="tags"
        size="small"
        aria-label={t(`designer.clause.${part}`)}
        value={listed(when[part])}
        options={choicesFor(content, part, ending)}
        onChange={(names: string[]) => onChange({ ...when, [part]: names })}
      />
    </div>
  );
}

function NumberClause({ part, when, onChange }: ClauseProps & { part: NumberPart }) {
  const { t } = useTranslation();
  return (
    <div className={styles.clauseBody}>
      <span className="quiet">{t(`designer.clause.${part}`)}</span>
      <InputNumber
        size="small"
        min={0}
        precision={0}
        aria-label={t(`designer.clause.${part}`)}
        value={when[part] ?? null}
        onChange={(value) => onChange({ ...when, [part]: value ?? 0 })}
      />
    </div>
  );
}

function WhereClause({ when, onChange }: ClauseProps) {
  const tests = when.where ?? [];
  const put = (index: number, test: Test) =>
    onChange({ ...when, where: tests.map((one, place) => (place === index ? test : one)) });
  return (
    <div className={styles.clauseBody}>
      {tests.map((test, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tests have no name, and are only changed in place
        <TestEditor key={index} test={test} onChange={(next) => put(index, next)} />
      ))}
    </div>
  );
}

function Clause({ part, when, onChange }: ClauseProps & { part: Part }) {
  if (part === "where") return <WhereClause when={when} onChange={onChange} />;
  if ((NUMBERS as readonly Part[]).includes(part))
    return <NumberClause part={part as NumberPart} when={when} onChange={onChange} />;
  return <ListClause part={part as ListPart} when={when} onChange={onChange} />;
}

interface Props extends ClauseProps {
  /** Whether it is asked once the call is over: only then is it known how long it lasted and how it ended. */
  afterwards: boolean;
}

/** A condition in parts, all of which must hold. */
export function ConditionEditor({ when, onChange, afterwards }: Props) {
  const { t } = useTranslation();
  const { content, whyNot } = useDesk();
  const possible: Part[] = afterwards
    ? ["where", ...LISTS, ...NUMBERS]
    : ["where", ...LISTS.filter((part) => part !== "ended"), "turns_at_least"];
  const offered = possible.filter((part) => !(content.brief && NODES.includes(part)));
  const parts = possible.filter((part) => isThere(when, part));
  const add = (part: Part) => onChange({ ...when, [part]: firstOf(content, part) });
  const items = offered
    .filter((part) => !parts.includes(part))
    .map((key): { key: string; label: string } => ({ key, label: t(`designer.clause.${key}`) }));
  if (!when.any?.length) items.push({ key: "any", label: t("designer.clause.any") });
  return (
    <>
      {parts.map((part) => (
        <div key={part} className={styles.clause}>
          <Clause part={part} when={when} onChange={onChange} />
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t("designer.clause.remove")}
            onClick={() => onChange(without(when, part))}
          />
        </div>
      ))}
      <Alternatives when={when} onChange={onChange} afterwards={afterwards} />
      <Dropdown
        trigger={["click"]}
        disabled={whyNot !== null}
        menu={{
          items,
          onClick: ({ key }) => (key === "any" ? onChange({ ...when, any: [{}, {}] }) : add(key as Part)),
        }}
      >
        <Button size="small" icon={<PlusOutlined />}>
          {t("designer.clause.add")}
        </Button>
      </Dropdown>
    </>
  );
}

/** Conditions of which any one is enough. */
function Alternatives({ when, onChange, afterwards }: Props) {
  const { t } = useTranslation();
  const choices = when.any ?? [];
  if (choices.length === 0) return null;
  const keep = (any: When[]) => onChange(any.length > 0 ? { ...when, any } : without(when, "any"));
  return (
    <div className={styles.alternatives}>
      <span className="quiet">{t("designer.clause.any")}</span>
      {choices.map((choice, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: alternatives have no name, and are only changed in place
        <div key={index} className={styles.case}>
          <div className={styles.caseHead}>
            {t("designer.clause.alternative", { number: index + 1 })}
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined />}
              aria-label={t("designer.clause.remove")}
              onClick={() => keep(choices.filter((_, place) => place !== index))}
            />
          </div>
          <ConditionEditor
            when={choice}
            afterwards={afterwards}
            onChange={(next) => keep(choices.map((one, place) => (place === index ? next : one)))}
          />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => keep([...choices, {}])}>
        {t("designer.clause.addAlternative")}
      </Button>
    </div>
  );
}

function firstOf(content: Content, part: Part): unknown {
  if (part === "where") {
    const [variable] = knownVariables(content).filter(({ origin }) => origin !== "own");
    return [{ variable: variable?.name ?? "company", filled: true }];
  }
  if (part === "turns_at_least") return 1;
  if (part === "talk_at_least_s" || part === "talk_below_s") return 30;
  const [first] = choicesFor(content, part as ListPart, (name) => name);
  return first ? [first.value] : [];
}
