import { FlagFilled, RedoOutlined, RightOutlined, UndoOutlined, WarningFilled } from "@ant-design/icons";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import card from "../canvas/card.module.css";
import { KIND_ICONS, KIND_TINTS } from "../canvas/kinds";
import { ANYWHERE, entryOf, type Node, textOf } from "../script/content";
import { inReadingOrder } from "../script/reading";
import { findNodes } from "../script/search";
import { waysOf } from "../script/ways";
import { useDesk } from "../state/DesignContext";
import { useWayWords } from "../words/way-words";
import styles from "./list.module.css";

function Ways({ node }: { node: Node }) {
  const { t } = useTranslation();
  const { content } = useDesk();
  const words = useWayWords(content);
  const led = waysOf(node).filter(({ target, optional }) => target || !optional);
  if (led.length === 0) return null;
  return (
    <ul className={styles.ways}>
      {led.map((way) => (
        <li key={way.id}>
          {words(way, node)} → {way.target || t("designer.notConnected")}
        </li>
      ))}
    </ul>
  );
}

function Row({ name, node }: { name: string; node: Node }) {
  const { t } = useTranslation();
  const { content, design, dispatch, faults } = useDesk();
  const wrong = faults.filter((one) => one.node === name).length;
  return (
    <li>
      <button
        type="button"
        className={`${styles.row} ${card[KIND_TINTS[node.kind]]}`}
        onClick={() => dispatch({ type: "goto", name })}
      >
        <span className={styles.icon} aria-hidden>
          {KIND_ICONS[node.kind]}
        </span>
        <span className={styles.what}>
          <span className={styles.head}>
            <strong>{name}</strong>
            <span className="quiet">{t(`designer.kind.${node.kind}`)}</span>
            {name === entryOf(content, design.flow) ? (
              <span className={styles.entry}>
                <FlagFilled aria-hidden /> {t("designer.card.entry")}
              </span>
            ) : null}
            {wrong > 0 ? (
              <span className={styles.wrong}>
                <WarningFilled aria-hidden /> {t("designer.card.faults", { count: wrong })}
              </span>
            ) : null}
          </span>
          {textOf(node) ? <span className={styles.text}>{textOf(node)}</span> : null}
          <Ways node={node} />
        </span>
        <RightOutlined aria-hidden className={styles.more} />
      </button>
    </li>
  );
}

function History() {
  const { t } = useTranslation();
  const { design, dispatch } = useDesk();
  const { past, future } = design.history;
  return (
    <>
      <Button
        icon={<UndoOutlined />}
        aria-label={t("designer.tools.undo")}
        disabled={past.length === 0}
        onClick={() => dispatch({ type: "undo" })}
      />
      <Button
        icon={<RedoOutlined />}
        aria-label={t("designer.tools.redo")}
        disabled={future.length === 0}
        onClick={() => dispatch({ type: "redo" })}
      />
    </>
  );
}

/** The nodes of the flow one below the other, for screens too narrow to draw on. */
export function NodeList() {
  const { t } = useTranslation();
  const { content, design, dispatch } = useDesk();
  const [wanted, setWanted] = useState("");
  const found = wanted.trim() ? findNodes(content, wanted).map(({ name }) => name) : null;
  const names = found ?? inReadingOrder(content, design.flow);
  return (
    <>
      <div className={styles.tools}>
        <Input.Search
          allowClear
          value={wanted}
          placeholder={t("designer.find.hint")}
          aria-label={t("designer.find.hint")}
          onChange={(event) => setWanted(event.target.value)}
        />
        <History />
      </div>
      <ul className={styles.list} aria-label={t("designer.canvas")}>
        {names.map((name) => {
          const node = content.nodes[name];
          return node ? <Row key={name} name={name} node={node} /> : null;
        })}
      </ul>
      {names.length === 0 ? <p className="quiet">{t("designer.find.none")}</p> : null}
      <Button block onClick={() => dispatch({ type: "goto", name: ANYWHERE })}>
        {t("designer.anywhere.title")}
      </Button>
    </>
  );
}
