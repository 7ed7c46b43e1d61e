import { type ReactFlowInstance, useReactFlow } from "@xyflow/react";
import { useCallback, useEffect } from "react";
import { entryOf } from "../script/content";
import { CARD_WIDTH } from "../script/layout";
import { useDesk } from "../state/DesignContext";
import type { Card } from "./cards";
import { focusCard } from "./focus";

const READABLE = 0.62;
const NEAR = 0.75;
const FROM_LEFT = 56;

type View = Pick<ReactFlowInstance<Card>, "fitView" | "getNodes" | "getZoom" | "setViewport">;

/** Shows all of the drawing where that can be read, else its entry. */
export async function readable(instance: View, duration = 0): Promise<void> {
  await instance.fitView({ maxZoom: 1, padding: 0.12, duration });
  const cards = instance.getNodes() as Card[];
  const entry = cards.find(({ data }) => data.isEntry) ?? cards[0];
  if (!entry || instance.getZoom() >= READABLE) return;
  const height = document.querySelector(".react-flow")?.clientHeight ?? 600;
  const { x, y } = entry.position;
  await instance.setViewport(
    { zoom: NEAR, x: FROM_LEFT - x * NEAR, y: height * 0.36 - y * NEAR },
    { duration },
  );
}

/** Where the drawing is looked at: all of it where that can be read, else its entry; then wherever one wants to go. */
export function useView(): (instance: ReactFlowInstance<Card>) => void {
  const { content, design } = useDesk();
  const { setCenter, getZoom, getInternalNode } = useReactFlow();
  const { wanted, flow } = design;
  const entry = entryOf(content, flow);
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
      if (wanted.focused && !document.activeElement?.closest("#side-panel, .ant-modal"))
        focusCard(wanted.name);
    };
    let frame = requestAnimationFrame(go);
    return () => cancelAnimationFrame(frame);
  }, [wanted, setCenter, getZoom, getInternalNode]);
  return useCallback(
    async (instance) => {
      await readable(instance);
      // Who came by the keyboard begins where the call does, and not at the head of the page.
      if (document.activeElement === document.body) focusCard(entry);
    },
    [entry],
  );
}
