import { App } from "antd";
import { useTranslation } from "react-i18next";
import { copyNodes, type Pasted, type Place, paste, removeNodes, takeWay } from "../script/edit";
import { type Desk, useDesk } from "../state/DesignContext";
import { heldClip, hold } from "./clipboard";
import { focusCard, focusedCard, isTyping, SHOWN_MS } from "./focus";

const BESIDE: Place = [48, 48];
const TOLD_S = 2.5;

/** The chosen cards; where none is, the one that the focus is on. */
function cards({ content, design }: Desk): string[] {
  const focused = focusedCard();
  const names = design.selected.length > 0 ? design.selected : focused ? [focused] : [];
  return names.filter((name) => name in content.nodes);
}

const shifted = (layout: Record<string, Place>): Record<string, Place> =>
  Object.fromEntries(
    Object.entries(layout).map(([name, [x, y]]) => [name, [x + BESIDE[0], y + BESIDE[1]] as Place]),
  );

type Done = "copied" | "pasted" | "duplicated" | "deleted";

/** What is done with cards as a whole; each tells in passing what it did. */
export interface CardActs {
  copy: () => void;
  cut: () => void;
  /** Pastes what was copied, from here or another script, and chooses the copies. */
  paste: () => void;
  duplicate: () => void;
  /** Removes the chosen line, else the chosen cards. */
  remove: () => void;
}

export function useCardActs(): CardActs {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const desk = useDesk();
  const { content, design, edit, dispatch, whyNot } = desk;
  const free = whyNot === null;
  const tell = (done: Done, count: number) =>
    void message.info({ key: "cards", content: t(`designer.done.${done}`, { count }), duration: TOLD_S });
  const copy = () => {
    const names = cards(desk);
    if (names.length === 0) return;
    hold(copyNodes(content, names));
    tell("copied", names.length);
  };
  const add = ({ content: next, names }: Pasted) => {
    edit(() => next, "", names);
    const [first] = names;
    setTimeout(() => {
      if (first && !isTyping(document.activeElement)) focusCard(first);
    }, SHOWN_MS);
  };
  const remove = () => {
    const { way } = design;
    const names = cards(desk);
    if (!free) return;
    if (way) {
      edit((old) => takeWay(old, way.source, way.id));
      dispatch({ type: "way", way: null });
    } else if (names.length > 0) {
      edit((old) => removeNodes(old, names), "", []);
      tell("deleted", names.length);
    }
  };
  return {
    copy,
    remove,
    cut: () => {
      copy();
      remove();
    },
    paste: () => {
      const clip = heldClip();
      if (!clip || !free) return;
      const pasted = paste(content, clip, design.flow, BESIDE);
      add(pasted);
      hold({ ...clip, layout: shifted(clip.layout) });
      tell("pasted", pasted.names.length);
    },
    duplicate: () => {
      const names = cards(desk);
      if (names.length === 0 || !free) return;
      const copied = paste(content, copyNodes(content, names), design.flow, BESIDE);
      add(copied);
      tell("duplicated", names.length);
    },
  };
}
