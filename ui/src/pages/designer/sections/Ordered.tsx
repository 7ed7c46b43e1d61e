import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, HolderOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./sections.module.css";

interface Props<T> {
  items: readonly T[];
  keyOf: (item: T, index: number) => string;
  nameOf: (item: T, index: number) => string;
  onChange: (items: T[]) => void;
  /** How few there must be. */
  least?: number;
  disabled?: boolean;
  children: (item: T, index: number) => ReactNode;
}

export const moved = <T,>(items: readonly T[], from: number, to: number): T[] => {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? [...items] : [...rest.slice(0, to), item, ...rest.slice(to)];
};

/** A list whose order means something: dragged by its handles, or moved by its buttons. */
export function Ordered<T>({ items, keyOf, nameOf, onChange, least = 0, disabled, children }: Props<T>) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const move = (from: number, to: number) => onChange(moved(items, from, to));
  return (
    <ol className={styles.ordered}>
      {items.map((item, index) => (
        <li
          key={keyOf(item, index)}
          className={`${styles.item} ${over === index && dragged !== index ? styles.over : ""}`}
          onDragOver={(event) => {
            if (dragged === null) return;
            event.preventDefault();
            setOver(index);
          }}
          onDrop={() => {
            if (dragged !== null) move(dragged, index);
            setDragged(null);
            setOver(null);
          }}
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons beside it do the same by the keyboard */}
          <span
            className={styles.handle}
            draggable={!disabled}
            title={t("designer.order.drag")}
            onDragStart={() => setDragged(index)}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
          >
            <HolderOutlined />
          </span>
          <div className={styles.itemBody}>{children(item, index)}</div>
          <span className={styles.itemTools}>
            <Button
              size="small"
              type="text"
              icon={<ArrowUpOutlined />}
              disabled={index === 0}
              aria-label={`${t("designer.order.up")}: ${nameOf(item, index)}`}
              onClick={() => move(index, index - 1)}
            />
            <Button
              size="small"
              type="text"
              icon={<ArrowDownOutlined />}
              disabled={index === items.length - 1}
              aria-label={`${t("designer.order.down")}: ${nameOf(item, index)}`}
              onClick={() => move(index, index + 1)}
            />
            <Button
              size="small"
              type="text"
              icon={<DeleteOutlined />}
              disabled={items.length <= least}
              aria-label={t("designer.remove", { name: nameOf(item, index) })}
              onClick={() => onChange(items.filter((_, place) => place !== index))}
            />
          </span>
        </li>
      ))}
    </ol>
  );
}
