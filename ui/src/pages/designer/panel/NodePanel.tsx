import { CopyOutlined, DeleteOutlined, FlagOutlined } from "@ant-design/icons";
import { Button, Select, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { KIND_ICONS } from "../canvas/kinds";
import { useCardActs } from "../canvas/useCardActs";
import { ANYWHERE, entryOf, flowOf, MAIN, NAME_PATTERN, type Node } from "../script/content";
import { moveToFlow, withEntry } from "../script/edit";
import { renameNode } from "../script/references";
import { waysFrom, waysTo } from "../script/ways";
import { useDesk } from "../state/DesignContext";
import { useWayWords } from "../words/way-words";
import { AnywherePanel } from "./AnywherePanel";
import { FaultList } from "./FaultList";
import { Field, SettledField } from "./Field";
import { NodeForm } from "./NodeForm";
import styles from "./panel.module.css";
import { WayRow } from "./WayFields";

function Head({ name, node }: { name: string; node: Node }) {
  const { t } = useTranslation();
  const { content, edit, whyNot } = useDesk();
  const acts = useCardActs();
  const flow = flowOf(node);
  const isEntry = entryOf(content, flow) === name;
  return (
    <div className={styles.head}>
      {KIND_ICONS[node.kind]}
      <h2 className={styles.headTitle}>{t(`designer.kind.${node.kind}`)}</h2>
      <Tooltip title={t(isEntry ? "designer.node.isEntry" : "designer.node.makeEntry")}>
        <Button
          size="small"
          type="text"
          icon={<FlagOutlined />}
          disabled={isEntry || whyNot !== null}
          aria-label={t("designer.node.makeEntry")}
          onClick={() => edit((old) => withEntry(old, flow, name))}
        />
      </Tooltip>
      <Tooltip title={t("designer.node.duplicate")}>
        <Button
          size="small"
          type="text"
          icon={<CopyOutlined />}
          disabled={whyNot !== null}
          aria-label={t("designer.node.duplicate")}
          onClick={acts.duplicate}
        />
      </Tooltip>
      <Tooltip title={t("designer.node.delete")}>
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          disabled={whyNot !== null}
          aria-label={t("designer.node.delete")}
          onClick={acts.remove}
        />
      </Tooltip>
    </div>
  );
}

function FlowField({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  const { content, edit, dispatch, design } = useDesk();
  const flows = Object.entries(content.flows ?? {});
  if (flows.length === 0) return null;
  const options = [
    { value: MAIN, label: t("designer.flows.main") },
    ...flows.map(([value, { label }]) => ({ value, label })),
  ];
  return (
    <Field label={t("designer.node.flow")}>
      {(id) => (
        <Select
          id={id}
          size="small"
          style={{ width: "100%" }}
          value={design.flow}
          options={options}
          onChange={(flow: string) => {
            edit((old) => moveToFlow(old, names, flow));
            if (names[0]) dispatch({ type: "goto", name: names[0] });
          }}
        />
      )}
    </Field>
  );
}

function Sources({ name }: { name: string }) {
  const { t } = useTranslation();
  const { content, dispatch } = useDesk();
  const wayWords = useWayWords(content);
  const sources = waysTo(content, name);
  return (
    <Field label={t("designer.node.from")} hint={sources.length === 0 ? t("designer.node.fromNone") : null}>
      {() => (
        <ul className={styles.links}>
          {sources.map(({ source, way }) => (
            <li key={`${source}/${way.id}`}>
              <button
                type="button"
                className={styles.link}
                onClick={() => dispatch({ type: "goto", name: source })}
              >
                {source === ANYWHERE ? t("designer.anywhere.title") : source}
                <span className="quiet"> · {wayWords(way, content.nodes[source] ?? null)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Field>
  );
}

function One({ name, node }: { name: string; node: Node }) {
  const { t } = useTranslation();
  const { content, faults, edit } = useDesk();
  const here = faults.filter((fault) => fault.node === name);
  const fault = (text: string) => {
    if (!NAME_PATTERN.test(text)) return t("designer.name.pattern");
    return text in content.nodes || text === ANYWHERE ? t("designer.name.taken", { name: text }) : null;
  };
  return (
    <>
      <Head name={name} node={node} />
      <p className={styles.about}>{t(`designer.about.${node.kind}`)}</p>
      {here.length > 0 ? (
        <div className={styles.faultList}>
          <FaultList faults={here} />
        </div>
      ) : null}
      <NodeForm name={name} node={node} />
      <SettledField
        label={t("designer.node.name")}
        hint={t("designer.node.nameHint")}
        value={name}
        maxLength={40}
        fault={fault}
        onSettle={(next) => edit((old) => renameNode(old, name, next), "", [next])}
      />
      <FlowField names={[name]} />
      <Sources name={name} />
    </>
  );
}

function Many({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  const acts = useCardActs();
  return (
    <>
      <h2 className={styles.headTitle}>{t("designer.many.title", { count: names.length })}</h2>
      <div className={styles.addRow} style={{ marginBlock: 12 }}>
        <Button size="small" icon={<CopyOutlined />} onClick={acts.duplicate}>
          {t("designer.node.duplicate")}
        </Button>
        <Button size="small" onClick={acts.copy}>
          {t("designer.many.copy")}
        </Button>
        <Button size="small" onClick={acts.paste}>
          {t("designer.many.paste")}
        </Button>
        <Button size="small" danger icon={<DeleteOutlined />} onClick={acts.remove}>
          {t("designer.node.delete")}
        </Button>
      </div>
      <FlowField names={names} />
    </>
  );
}

function Line({ source, id }: { source: string; id: string }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const way = waysFrom(content, source).find((one) => one.id === id);
  if (!way) return null;
  return (
    <>
      <h2 className={styles.headTitle}>{t("designer.line.title")}</h2>
      <p className={styles.hint} style={{ marginBlockEnd: 10 }}>
        {source === ANYWHERE ? t("designer.anywhere.title") : source}
      </p>
      <WayRow source={source} node={content.nodes[source] ?? null} way={way} />
    </>
  );
}

function Nothing() {
  const { t } = useTranslation();
  return (
    <div className={styles.empty}>
      <h3>{t("designer.nothing.title")}</h3>
      <p>{t("designer.nothing.hint")}</p>
      <dl className={styles.keys}>
        <dt>
          <kbd>Tab</kbd> <kbd>←</kbd> <kbd>→</kbd>
        </dt>
        <dd>{t("designer.nothing.walk")}</dd>
        <dt>
          <kbd>Enter</kbd>
        </dt>
        <dd>{t("designer.nothing.open")}</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{t("designer.nothing.back")}</dd>
        <dt>
          <kbd>Ctrl</kbd> <kbd>F</kbd>
        </dt>
        <dd>{t("designer.nothing.find")}</dd>
        <dt>
          <kbd>Ctrl</kbd> <kbd>Z</kbd>
        </dt>
        <dd>{t("designer.nothing.undo")}</dd>
        <dt>
          <kbd>Ctrl</kbd> <kbd>D</kbd>
        </dt>
        <dd>{t("designer.nothing.duplicate")}</dd>
      </dl>
    </div>
  );
}

/** What is chosen in the drawing: one node with all it has, a line, several nodes, or a hint what to do. */
export function NodePanel() {
  const { content, design } = useDesk();
  const { selected, way } = design;
  const [first] = selected;
  if (way) return <Line source={way.source} id={way.id} />;
  if (!first) return <Nothing />;
  const nodes = selected.filter((name) => name in content.nodes);
  if (selected.length > 1) return <Many names={nodes} />;
  const node = content.nodes[first];
  return node ? <One key={first} name={first} node={node} /> : <AnywherePanel />;
}
