import { type ReactFlowInstance, useReactFlow } from "@xyflow/react";
import { useCallback, useEffect } from "react";
import { CARD_WIDTH } from "../script/layout";
import { useDesk } from "../state/DesignContext";
import type { Card } from "./cards";

const READABLE = 0.62;
const FROM_LEFT = 56;

/** Where the drawing is looked at: all of it where that can be read, else its entry; then wherever one wants to go. */
export function useView(nodes: readonly Card[]): (instance: ReactFlowInstance<Card>) => void {
  const { design } = useDesk();
  const { setCenter, getZoom, getInternalNode } = useReactFlow();
  const { wanted } = design;
  useEffect(() => {
    if (!wanted) return;
    let tries = 0;
    const go = () => {
      const card = getInternalNode(wanted.name);
      tries += 1;
      if (!card?.measured.height) {
        if (tries < 30) frame = requestAnimationFrame(go);
        return;
      }
      const { x, y } = card.internals.positionAbsolute;
      const zoom = Math.max(getZoom(), READABLE);
      void setCenter(x + CARD_WIDTH / 2, y + card.measured.height / 2, { zoom, duration: 250 });
      const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${wanted.name}"]`);
      if (!document.activeElement?.closest("#side-panel, .ant-modal"))
        element?.focus({ preventScroll: true });
    };
    let frame = requestAnimationFrame(go);
    return () => cancelAnimationFrame(frame);
  }, [wanted, setCenter, getZoom, getInternalNode]);
  const entry = nodes.find(({ data }) => data.isEntry) ?? nodes[0];
  return useCallback(
    (instance) => {
      void instance.fitView({ maxZoom: 1, padding: 0.12, duration: 0 }).then(() => {
        if (!entry || instance.getZoom() >= READABLE) return;
        const height = document.querySelector(".react-flow")?.clientHeight ?? 600;
        const { x, y } = entry.position;
        void instance.setViewport({
          zoom: 0.75,
          x: FROM_LEFT - x * 0.75,
          y: height * 0.36 - y * 0.75,
        });
      });
    },
    [entry],
  );
}
