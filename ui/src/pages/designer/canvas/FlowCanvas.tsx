import "@xyflow/react/dist/style.css";
import {
  applyNodeChanges,
  Background,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, type FocusEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAppearance } from "@/app/Appearance";
import { ANYWHERE, type Content, type NodeKind } from "../script/content";
import { addNode, connect, type Place } from "../script/edit";
import { freePlace } from "../script/layout";
import { useDesk } from "../state/DesignContext";
import { type Card, cardsOf, linesOf, merged } from "./cards";
import { DropMenu, type Dropped } from "./DropMenu";
import styles from "./FlowCanvas.module.css";
import { cardAt, focusPanel } from "./focus";
import { NodeCard } from "./NodeCard";
import { useView } from "./useView";

const TYPES = { card: NodeCard };
const MAP_FROM = 12;
export const DRAGGED_KIND = "application/x-callwright-node";

const kindDragged = (event: DragEvent): NodeKind | "" =>
  event.dataTransfer.getData(DRAGGED_KIND) as NodeKind | "";

/** The cards as the drawing holds them: what the script says, and what the pointer is doing with them. */
function useCards() {
  const { content, design, faults, dispatch, edit } = useDesk();
  const { flow, path, selected } = design;
  const cards = useMemo(() => cardsOf(content, flow, { faults, path }), [content, flow, faults, path]);
  const [nodes, setNodes] = useState<Card[]>(() => merged([], cards, selected));
  const latest = useRef(nodes);
  latest.current = nodes;
  useEffect(() => setNodes((old) => merged(old, cards, selected)), [cards, selected]);
  const change = useCallback(
    (changes: NodeChange<Card>[]) => {
      const next = applyNodeChanges(changes, latest.current);
      latest.current = next;
      setNodes(next);
      if (changes.some(({ type }) => type === "select"))
        dispatch({ type: "select", names: next.filter((card) => card.selected).map(({ id }) => id) });
    },
    [dispatch],
  );
  const moved = useCallback(
    (dragged: Card[]) => {
      const places = dragged.map(({ id, position }): [string, Place] => [
        id,
        [Math.round(position.x), Math.round(position.y)],
      ]);
      edit((old: Content) => ({ ...old, layout: { ...old.layout, ...Object.fromEntries(places) } }));
    },
    [edit],
  );
  return { nodes, change, moved };
}

/** What is let go over the empty canvas: a kind from the palette, or a way that wants a node at its end. */
function useDropping() {
  const { content, design, edit, dispatch } = useDesk();
  const { screenToFlowPosition } = useReactFlow();
  const [dropped, setDropped] = useState<Dropped | null>(null);
  const add = (kind: NodeKind, at: Place, from: Dropped["from"]) => {
    const added = addNode(content, kind, design.flow, freePlace(content, design.flow, at));
    const joined = from ? connect(added.content, from.source, from.id, added.name) : added.content;
    // Its panel opens, so that what is written next is written there and not at the node that the way comes from.
    edit(() => joined, "", [added.name]);
    dispatch({ type: "tab", tab: "node" });
    focusPanel(added.name);
  };
  const letGo = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const { fromHandle, toNode } = state;
    if (toNode || !fromHandle || fromHandle.type !== "source" || !fromHandle.id) return;
    const point = "changedTouches" in event ? event.changedTouches[0] : event;
    if (!point) return;
    const { x, y } = screenToFlowPosition({ x: point.clientX, y: point.clientY });
    setDropped({
      screen: [point.clientX, point.clientY],
      at: [Math.round(x), Math.round(y) - 30],
      from: { source: fromHandle.nodeId, id: fromHandle.id },
    });
  };
  const drop = (event: DragEvent) => {
    const kind = kindDragged(event);
    if (!kind) return;
    event.preventDefault();
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    add(kind, [Math.round(x) - 120, Math.round(y) - 20], null);
  };
  return { dropped, close: () => setDropped(null), add, letGo, drop };
}

function useConnecting() {
  const { edit, dispatch } = useDesk();
  const join = ({ source, sourceHandle, target }: Connection) => {
    if (sourceHandle) edit((content) => connect(content, source, sourceHandle, target));
  };
  const pick = (changes: EdgeChange[]) => {
    for (const change of changes) {
      if (change.type !== "select") continue;
      const [source = "", id = ""] = change.id.split("|");
      if (change.selected) dispatch({ type: "way", way: { source, id } });
      else dispatch({ type: "way", way: null });
    }
  };
  return { join, pick };
}

/** Who walks through the cards by the tab key chooses each; the focus that a page sets by itself chooses nothing. */
function useChoosing() {
  const { design, dispatch } = useDesk();
  return ({ target, relatedTarget }: FocusEvent) => {
    const name = cardAt(target)?.dataset.id;
    if (!name || !relatedTarget || !target.matches(":focus-visible")) return;
    if (!design.selected.includes(name)) dispatch({ type: "select", names: [name] });
  };
}

const isPossible = ({ target }: { target: string | null }): boolean => target !== ANYWHERE;

/** The drawing of one flow. */
export function FlowCanvas() {
  const { t } = useTranslation();
  const { dark } = useAppearance();
  const { content, design, whyNot } = useDesk();
  const { nodes, change, moved } = useCards();
  const { join, pick } = useConnecting();
  const { dropped, close, add, letGo, drop } = useDropping();
  const { flow, path, way } = design;
  const edges = useMemo(() => linesOf(content, flow, path, way), [content, flow, path, way]);
  const start = useView();
  const choose = useChoosing();
  const free = whyNot === null;
  return (
    <>
      <ReactFlow<Card>
        className={styles.canvas}
        aria-label={t("designer.canvas")}
        colorMode={dark ? "dark" : "light"}
        nodes={nodes}
        edges={edges}
        nodeTypes={TYPES}
        onNodesChange={change}
        onEdgesChange={pick}
        onNodeDragStop={(_event, _node, dragged) => moved(dragged)}
        onConnect={join}
        onConnectEnd={letGo}
        onReconnect={(_line, connection) => join(connection)}
        isValidConnection={isPossible}
        nodesDraggable={free}
        nodesConnectable={free}
        edgesReconnectable={free}
        onInit={start}
        onDragOver={(event) => event.preventDefault()}
        onDrop={drop}
        minZoom={0.12}
        maxZoom={1.6}
        deleteKeyCode={null}
        multiSelectionKeyCode={["Meta", "Control", "Shift"]}
        disableKeyboardA11y
        edgesFocusable={false}
        onFocus={choose}
        elevateNodesOnSelect
        ariaLabelConfig={{
          "node.a11yDescription.default": t("designer.a11y.card"),
          "node.a11yDescription.keyboardDisabled": t("designer.a11y.card"),
          "edge.a11yDescription.default": t("designer.a11y.line"),
          "minimap.ariaLabel": t("designer.map"),
        }}
      >
        <Background gap={22} size={1.2} />
        {nodes.length >= MAP_FROM ? (
          <MiniMap pannable zoomable className={styles.map} style={{ width: 150, height: 104 }} />
        ) : null}
      </ReactFlow>
      {dropped ? <DropMenu dropped={dropped} onChoose={add} onClose={close} /> : null}
    </>
  );
}
