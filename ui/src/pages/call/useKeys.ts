import { useEffect, useRef } from "react";
import type { Turn } from "@/api/model";
import { nextTurn, previousTurn } from "./turns";
import type { Player } from "./usePlayer";

const STEP_MS = 5_000;

const types = (target: Element): boolean =>
  target.closest("input, textarea, select, [contenteditable], [role=combobox], [role=dialog]") !== null;

const presses = (target: Element): boolean =>
  target.closest("button, a, summary, [role=button], [role=tab]") !== null && !target.closest("[data-turn]");

function command(event: KeyboardEvent, player: Player, turns: readonly Turn[]): (() => void) | undefined {
  const jump = (turn: Turn | undefined) => (turn ? () => player.seek(turn.from_ms) : undefined);
  switch (event.key) {
    case " ":
      return event.target instanceof Element && presses(event.target) ? undefined : player.toggle;
    case "ArrowLeft":
      return () => player.seek(player.atMs - STEP_MS);
    case "ArrowRight":
      return () => player.seek(player.atMs + STEP_MS);
    case "j":
    case "J":
      return jump(previousTurn(turns, player.atMs));
    case "k":
    case "K":
      return jump(nextTurn(turns, player.atMs));
    default:
      return undefined;
  }
}

/** Space, arrows, J and K, wherever on the page the focus is, unless it is in a field. */
export function useKeys(player: Player, turns: readonly Turn[]): void {
  const latest = useRef({ player, turns });
  latest.current = { player, turns };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !latest.current.player.ready) return;
      if (event.target instanceof Element && types(event.target)) return;
      const run = command(event, latest.current.player, latest.current.turns);
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
