import { FlagFilled, LockOutlined, SoundOutlined } from "@ant-design/icons";
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { Tooltip } from "antd";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ScriptFault } from "@/api/model";
import { useEndingWords } from "@/parts/ending-words";
import { type Content, flowOf, type Node, textOf } from "../script/content";
import type { Way, WayKind } from "../script/ways";
import { useDesk } from "../state/DesignContext";
import { useFaultWords } from "../words/fault-words";
import { useWayWords } from "../words/way-words";
import styles from "./card.module.css";
import type { Card } from "./cards";
import { KIND_ICONS, KIND_TINTS } from "./kinds";

const SLOT = /(\{[^{}]*\})/;

/** A text with its variables set apart. */
function Words({ text }: { text: string }) {
  const pieces = text.split(SLOT).map((piece, index) => ({ piece, id: `${index}` }));
  return (
    <p className={styles.words}>
      {pieces.map(({ piece, id }) =>
        SLOT.test(piece) ? (
          <span key={id} className={styles.slot}>
            {piece.slice(1, -1)}
          </span>
        ) : (
          piece
        ),
      )}
    </p>
  );
}

/** Where a way leads that isn't drawn as a line: into another flow. */
function elsewhere(content: Content, node: Node | null, way: Way): string {
  if (way.kind === "flow") return content.flows?.[way.target]?.label ?? way.target;
  const target = content.nodes[way.target];
  if (!target || !node || flowOf(target) === flowOf(node)) return "";
  return way.target;
}

/** Ways that a node may well be without. */
const MAY_LACK: readonly WayKind[] = ["otherwise", "failed", "stuck"];

function WayRow({ way, node }: { way: Way; node: Node | null }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const words = useWayWords(content)(way, node);
  const away = elsewhere(content, node, way);
  const open = !way.target && !(way.optional && MAY_LACK.includes(way.kind));
  return (
    <div className={`${styles.way} ${open ? styles.open : ""}`}>
      <span className={styles.wayWords} title={words}>
        {words}
      </span>
      {away ? <span className={styles.away}>→ {away}</span> : null}
      {open ? <span className={styles.loose}>{t("designer.notConnected")}</span> : null}
      {way.kind === "flow" ? null : (
        <Handle type="source" position={Position.Right} id={way.id} className={styles.port} />
      )}
    </div>
  );
}

function Extras({ node }: { node: Node }) {
  const { t } = useTranslation();
  const spoken = node as { audio?: string; barge_in?: boolean };
  return (
    <>
      {spoken.audio ? (
        <Tooltip title={t("designer.card.recorded")}>
          <SoundOutlined className={styles.extra} />
        </Tooltip>
      ) : null}
      {spoken.barge_in === false ? (
        <Tooltip title={t("designer.card.heardOut")}>
          <LockOutlined className={styles.extra} />
        </Tooltip>
      ) : null}
    </>
  );
}

function Facts({ node }: { node: Node }) {
  const { t } = useTranslation();
  const ending = useEndingWords();
  if (node.kind === "collect")
    return (
      <p className={styles.fact}>
        {t("designer.card.keeps", { variable: node.variable, what: t(`designer.what.${node.what}`) })}
      </p>
    );
  if (node.kind === "hang_up" && node.reason && node.reason !== "finished")
    return <p className={styles.fact}>{t("designer.card.reason", { reason: ending(node.reason) })}</p>;
  return null;
}

/** What is wrong with the node: the first of it in view, all of it where one points at it. */
function Wrong({ faults }: { faults: readonly ScriptFault[] }) {
  const words = useFaultWords();
  const [first, ...rest] = faults.map((fault) => words(fault).what);
  if (!first) return null;
  return (
    <p className={styles.wrong} title={[first, ...rest].join("\n")}>
      {first}
      {rest.length > 0 ? ` +${rest.length}` : null}
    </p>
  );
}

function Body({ node }: { node: Node }) {
  const { t } = useTranslation();
  const text = textOf(node);
  return (
    <>
      {text ? <Words text={text} /> : null}
      {"text" in node && node.kind !== "hang_up" && !text ? (
        <p className={styles.unwritten}>{t("designer.card.unwritten")}</p>
      ) : null}
      <Facts node={node} />
    </>
  );
}

/** One node of the script: what it does, what it says, and a port for each way out. */
export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<Card>) {
  const { t } = useTranslation();
  const { name, node, ways, isEntry, faults, step, isDim } = data;
  const kind = node?.kind ?? "anywhere";
  const classes = useMemo(
    () =>
      [
        styles.card,
        styles[KIND_TINTS[kind]],
        selected ? styles.selected : "",
        faults.length > 0 ? styles.faulty : "",
        step > 0 ? styles.onPath : "",
        isDim ? styles.dim : "",
      ].join(" "),
    [kind, selected, faults, step, isDim],
  );
  return (
    <div className={classes}>
      <header className={styles.head}>
        {node ? <Handle type="target" position={Position.Left} id="in" className={styles.inlet} /> : null}
        <span className={styles.icon}>{KIND_ICONS[kind]}</span>
        <span className={styles.title}>
          <span className={styles.kind}>
            {t(`designer.kind.${kind}`)}
            {isEntry ? (
              <span className={styles.entry}>
                <FlagFilled /> {t("designer.card.entry")}
              </span>
            ) : null}
          </span>
          <strong className={styles.name}>{node ? name : t("designer.anywhere.title")}</strong>
        </span>
        {node ? <Extras node={node} /> : null}
        {faults.length > 0 ? (
          <span className={styles.faults} title={t("designer.card.faults", { count: faults.length })}>
            {faults.length}
          </span>
        ) : null}
        {step > 0 ? <span className={styles.step}>{step}</span> : null}
      </header>
      <Wrong faults={faults} />
      {node ? <Body node={node} /> : <p className={styles.fact}>{t("designer.anywhere.about")}</p>}
      <div className={styles.ways}>
        {ways.map((way) => (
          <WayRow key={way.id} way={way} node={node} />
        ))}
      </div>
    </div>
  );
});
