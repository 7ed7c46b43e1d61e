import { createContext, type Dispatch, type ReactNode, useCallback, useContext, useMemo } from "react";
import type { ScriptDetail, ScriptFault } from "@/api/model";
import type { Content } from "../script/content";
import type { Act, Design } from "./design";
import type { Saver } from "./saver";

export type Change = (content: Content) => Content;

/** What every part of the designer shares. */
export interface Desk {
  script: ScriptDetail;
  design: Design;
  content: Content;
  dispatch: Dispatch<Act>;
  /** Changes the script. Changes of one `key` in quick succession are undone together. */
  edit: (change: Change, key?: string, select?: readonly string[]) => void;
  faults: readonly ScriptFault[];
  /** Whether the faults are those of what stands on the screen. */
  checked: boolean;
  saver: Saver<Content>;
  /** Why this person may not change it; null when they may. */
  whyNot: string | null;
}

const Context = createContext<Desk | null>(null);

interface Props extends Omit<Desk, "content" | "edit"> {
  children: ReactNode;
}

export function DesignProvider({ children, ...given }: Props) {
  const { script, design, dispatch, faults, checked, saver, whyNot } = given;
  const edit = useCallback<Desk["edit"]>(
    (change, key, select) => {
      if (whyNot === null) dispatch({ type: "change", change, key, select, at: Date.now() });
    },
    [dispatch, whyNot],
  );
  const content = design.history.present;
  const desk = useMemo(
    () => ({ script, design, content, dispatch, edit, faults, checked, saver, whyNot }),
    [script, design, content, dispatch, edit, faults, checked, saver, whyNot],
  );
  return <Context value={desk}>{children}</Context>;
}

export function useDesk(): Desk {
  const desk = useContext(Context);
  if (!desk) throw new Error("used outside of the designer");
  return desk;
}
