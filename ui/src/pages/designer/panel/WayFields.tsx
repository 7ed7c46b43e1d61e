import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Dropdown, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Content, Node } from "../script/content";
import { connect, takeWay } from "../script/edit";
import type { Way } from "../script/ways";
import { NewIntent } from "../sections/NewIntent";
import { useDesk } from "../state/DesignContext";
import { meaningLabel } from "../words/condition-words";
import { useWayWords } from "../words/way-words";
import { Field, Group } from "./Field";
import styles from "./panel.module.css";
import { TargetSelect } from "./TargetSelect";

const KEYS = [..."1234567890*#"];

interface RowProps {
  source: string;
  node: Node | null;
  way: Way;
  /** Whether it can't be taken away. */
  fixed?: boolean;
}

/** One way out: what it is, where it leads, and taking it away. */
export function WayRow({ source, node, way, fixed = false }: RowProps) {
  const { t } = useTranslation();
  const { content, edit } = useDesk();
  const words = useWayWords(content)(way, node);
  return (
    <div className={styles.way}>
      <span className={styles.wayName} title={words}>
        {words}
      </span>
      <span className={styles.arrow}>→</span>
      <TargetSelect
        label={t("designer.target.of", { way: words })}
        source={source}
        way={way.id}
        target={way.target}
      />
      {fixed ? (
        <span />
      ) : (
        <Button
          size="small"
          type="text"
          icon={<CloseOutlined />}
          aria-label={t("designer.way.remove", { way: words })}
          onClick={() => edit((old) => takeWay(old, source, way.id))}
        />
      )}
    </div>
  );
}

interface SingleProps {
  source: string;
  way: Way | undefined;
  label: string;
  hint?: string;
  none?: string;
}

/** A way of which a node has one: next, otherwise, failed. */
export function SingleWay({ source, way, label, hint, none }: SingleProps) {
  if (!way) return null;
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <TargetSelect id={id} label={label} source={source} way={way.id} target={way.target} none={none} />
      )}
    </Field>
  );
}

/** Everything that a person may mean: intents, then the questions of the knowledge base. */
export const meanings = (content: Content): { value: string; label: string }[] =>
  [...Object.keys(content.intents), ...Object.keys(content.knowledge ?? {})].map((value) => ({
    value,
    label: meaningLabel(content, value),
  }));

interface RoutesProps {
  source: string;
  node: Node | null;
  ways: readonly Way[];
  hint?: string;
}

/** Where each intent leads. */
export function BranchFields({ source, node, ways, hint }: RoutesProps) {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const [making, setMaking] = useState(false);
  const branches = ways.filter(({ kind }) => kind === "branch");
  const used = new Set(branches.map(({ of }) => of));
  const free = meanings(content).filter(({ value }) => !used.has(value));
  const fixed = node?.kind === "branch" && branches.length === 1;
  return (
    <Group title={t("designer.branches.title")} hint={hint}>
      <div style={{ marginBlockStart: 8 }}>
        {branches.map((way) => (
          <WayRow key={way.id} source={source} node={node} way={way} fixed={fixed} />
        ))}
      </div>
      <div className={styles.addRow}>
        <Select
          size="small"
          style={{ width: 190 }}
          aria-label={t("designer.branches.add")}
          placeholder={t("designer.branches.add")}
          value={null}
          popupMatchSelectWidth={260}
          showSearch={{ optionFilterProp: "label" }}
          options={free}
          onChange={(name: string) => edit((old) => connect(old, source, `branch:${name}`, null))}
        />
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={whyNot !== null}
          onClick={() => setMaking(true)}
        >
          {t("designer.branches.newIntent")}
        </Button>
      </div>
      <NewIntent
        open={making}
        onClose={() => setMaking(false)}
        onMade={(name) => edit((old) => connect(old, source, `branch:${name}`, null))}
      />
    </Group>
  );
}

/** Where each telephone key leads. */
export function KeyFields({ source, node, ways, hint }: RoutesProps) {
  const { t } = useTranslation();
  const { edit, whyNot } = useDesk();
  const keys = ways.filter(({ kind }) => kind === "key");
  const used = new Set(keys.map(({ of }) => of));
  const items = KEYS.filter((key) => !used.has(key)).map((key) => ({
    key,
    label: t("designer.way.key", { key }),
  }));
  return (
    <Group title={t("designer.keys.title")} hint={hint}>
      <div style={{ marginBlockStart: 8 }}>
        {keys.map((way) => (
          <WayRow key={way.id} source={source} node={node} way={way} />
        ))}
      </div>
      <Dropdown
        trigger={["click"]}
        disabled={whyNot !== null}
        menu={{ items, onClick: ({ key }) => edit((old) => connect(old, source, `key:${key}`, null)) }}
      >
        <Button size="small" icon={<PlusOutlined />}>
          {t("designer.keys.add")}
        </Button>
      </Dropdown>
    </Group>
  );
}
