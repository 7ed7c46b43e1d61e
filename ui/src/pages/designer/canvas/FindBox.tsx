import { SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { findNodes } from "../script/search";
import { useDesk } from "../state/DesignContext";
import styles from "./FindBox.module.css";
import { KIND_ICONS } from "./kinds";

const SHOWN = 8;

/** Finds nodes by their name or their words, in every flow, and goes there. */
export function FindBox({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { content, dispatch } = useDesk();
  const [text, setText] = useState("");
  const [place, setPlace] = useState(0);
  const field = useRef<InputRef>(null);
  useEffect(() => field.current?.focus(), []);
  const found = useMemo(() => findNodes(content, text), [content, text]);
  const shown = found.slice(0, SHOWN);
  const go = (name: string | undefined) => {
    if (!name) return;
    onClose();
    setTimeout(() => dispatch({ type: "goto", name }), 0);
  };
  return (
    <search className={styles.box}>
      <Input
        ref={field}
        prefix={<SearchOutlined />}
        allowClear
        value={text}
        placeholder={t("designer.find.hint")}
        aria-label={t("designer.find.hint")}
        onChange={(event) => {
          setText(event.target.value);
          setPlace(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
          if (event.key === "Enter") go(shown[place]?.name);
          if (event.key === "ArrowDown") setPlace(Math.min(place + 1, shown.length - 1));
          if (event.key === "ArrowUp") setPlace(Math.max(place - 1, 0));
        }}
      />
      {text.trim() ? (
        <ul className={styles.list}>
          {shown.map(({ name, words }, index) => (
            <li key={name}>
              <button
                type="button"
                className={index === place ? styles.here : styles.found}
                onClick={() => go(name)}
              >
                {KIND_ICONS[content.nodes[name]?.kind ?? "say"]}
                <strong>{name}</strong>
                <span className={styles.words}>{words}</span>
              </button>
            </li>
          ))}
          {found.length === 0 ? <li className={styles.none}>{t("designer.find.none")}</li> : null}
          {found.length > SHOWN ? (
            <li className={styles.none}>{t("designer.find.more", { count: found.length - SHOWN })}</li>
          ) : null}
        </ul>
      ) : null}
    </search>
  );
}
