import {
  AimOutlined,
  AuditOutlined,
  BookOutlined,
  BulbOutlined,
  CommentOutlined,
  InboxOutlined,
  SettingOutlined,
  SoundOutlined,
  TagsOutlined,
  TrophyOutlined,
} from "@ant-design/icons";
import { useReactFlow } from "@xyflow/react";
import { Tooltip } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { isAgain } from "@/parts/clicks";
import { useOneStop } from "@/parts/useOneStop";
import card from "./canvas/card.module.css";
import { DRAGGED_KIND } from "./canvas/FlowCanvas";
import { KIND_ICONS, KIND_TINTS, OFFERED } from "./canvas/kinds";
import styles from "./Designer.module.css";
import { growFrom } from "./panel/TargetSelect";
import { ANYWHERE, flowOf, type NodeKind } from "./script/content";
import { addNode } from "./script/edit";
import { freePlace } from "./script/layout";
import { waysOf } from "./script/ways";
import { SECTIONS, type Section, useSection } from "./sections/SectionDrawer";
import { type Desk, useDesk } from "./state/DesignContext";
import { useWhyNotOffered } from "./state/useWhyNotOffered";

const SECTION_ICONS: Record<Section, ReactNode> = {
  intents: <BulbOutlined />,
  knowledge: <BookOutlined />,
  variables: <TagsOutlined />,
  phrases: <CommentOutlined />,
  grades: <TrophyOutlined />,
  voice: <SoundOutlined />,
  settings: <SettingOutlined />,
  unanswered: <InboxOutlined />,
  corrections: <AuditOutlined />,
};

/** The way of the chosen node that a node added now continues: its first one that leads nowhere. */
function openWay({ content, design }: Desk): { source: string; id: string } | null {
  const [source] = design.selected;
  const node = source === undefined ? undefined : content.nodes[source];
  if (!source || !node || design.selected.length > 1 || flowOf(node) !== design.flow) return null;
  const open = waysOf(node).find(
    ({ kind, target, optional }) =>
      !target && kind !== "flow" && (!optional || kind === "branch" || kind === "case"),
  );
  return open ? { source, id: open.id } : null;
}

/** Adds a node after the chosen one where that has an open way, else in the middle of what is in view. */
function useAdd(): (kind: NodeKind) => void {
  const desk = useDesk();
  const { screenToFlowPosition } = useReactFlow();
  return (kind) => {
    const way = openWay(desk);
    const { content, design, edit, dispatch } = desk;
    if (way) {
      const [grown, name] = growFrom(content, way.source, way.id, kind);
      edit(() => grown);
      dispatch({ type: "goto", name });
    } else {
      const view = document.querySelector(".react-flow")?.getBoundingClientRect();
      const { x, y } = screenToFlowPosition({
        x: (view?.left ?? 0) + (view?.width ?? 0) / 2,
        y: (view?.top ?? 0) + (view?.height ?? 0) / 3,
      });
      const at = freePlace(content, design.flow, [Math.round(x) - 124, Math.round(y)]);
      const added = addNode(content, kind, design.flow, at);
      edit(() => added.content);
      dispatch({ type: "goto", name: added.name });
    }
    dispatch({ type: "tab", tab: "node" });
  };
}

interface ToolsProps {
  title: string;
  children: ReactNode;
}

/** A list of buttons under its title, which the tab key passes in one step. */
function Tools({ title, children }: ToolsProps) {
  const stop = useOneStop<HTMLDivElement>();
  return (
    <>
      <h2 className={styles.railTitle}>{title}</h2>
      <div {...stop} role="toolbar" aria-orientation="vertical" aria-label={title}>
        <ul className={styles.railList}>{children}</ul>
      </div>
    </>
  );
}

function Palette() {
  const { t } = useTranslation();
  const { whyNot } = useDesk();
  const add = useAdd();
  const notOffered = useWhyNotOffered();
  const whyNotThis = (kind: NodeKind) => whyNot ?? (notOffered(kind) || null);
  // What was pressed has been understood: its explanation would cover what the node is drawn beside.
  const [explained, setExplained] = useState<string | null>(null);
  return (
    <section aria-label={t("designer.palette.name")}>
      <Tools title={t("designer.palette.title")}>
        {OFFERED.map((kind) => (
          <li key={kind}>
            <Tooltip
              title={whyNotThis(kind) ?? t(`designer.about.${kind}`)}
              placement="right"
              mouseEnterDelay={0.5}
              open={explained === kind}
              onOpenChange={(open) => setExplained(open ? kind : null)}
            >
              <button
                type="button"
                className={`${styles.railButton} ${card[KIND_TINTS[kind]]}`}
                disabled={whyNotThis(kind) !== null}
                draggable={whyNotThis(kind) === null}
                onDragStart={(event) => event.dataTransfer.setData(DRAGGED_KIND, kind)}
                onClick={(event) => {
                  setExplained(null);
                  if (!isAgain(event)) add(kind);
                }}
              >
                <span className={styles.railIcon} aria-hidden>
                  {KIND_ICONS[kind]}
                </span>
                <span>{t(`designer.kind.${kind}`)}</span>
              </button>
            </Tooltip>
          </li>
        ))}
      </Tools>
    </section>
  );
}

function ScriptParts() {
  const { t } = useTranslation();
  const { dispatch } = useDesk();
  const [section, open] = useSection();
  return (
    <nav aria-label={t("designer.section.name")}>
      <Tools title={t("designer.section.title")}>
        {SECTIONS.map((one) => (
          <li key={one}>
            <button
              type="button"
              className={styles.railButton}
              aria-current={one === section}
              onClick={() => open(one)}
            >
              <span className={styles.railIcon} aria-hidden>
                {SECTION_ICONS[one]}
              </span>
              <span>{t(`designer.section.${one}`)}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className={styles.railButton}
            onClick={() => {
              dispatch({ type: "goto", name: ANYWHERE });
              dispatch({ type: "tab", tab: "node" });
            }}
          >
            <span className={styles.railIcon} aria-hidden>
              <AimOutlined />
            </span>
            <span>{t("designer.anywhere.title")}</span>
          </button>
        </li>
      </Tools>
    </nav>
  );
}

/** At the left of the drawing: what can be added to it, and what belongs to the script as a whole. */
export function Rail() {
  return (
    <div className={styles.rail}>
      <Palette />
      <ScriptParts />
    </div>
  );
}
