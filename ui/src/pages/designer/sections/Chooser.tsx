import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useDesk } from "../state/DesignContext";
import styles from "./sections.module.css";

export interface Choice {
  name: string;
  label: string;
  /** What is also searched. */
  words: string;
  count: number;
}

interface Props {
  choices: readonly Choice[];
  chosen: string | null;
  onChoose: (name: string) => void;
  search: string;
  add: string;
  onAdd: () => void;
  extra?: ReactNode;
  children: ReactNode;
}

const ENOUGH_TO_SEARCH = 8;

/** A list of names at the left, and what has the chosen one at the right. */
export function Chooser({ choices, chosen, onChoose, search, add, onAdd, extra, children }: Props) {
  const { whyNot } = useDesk();
  const [sought, setSought] = useState("");
  const shown = choices.filter(({ name, label, words }) =>
    `${name} ${label} ${words}`.toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase()),
  );
  return (
    <div className={styles.split}>
      <div className={styles.side}>
        <div className={styles.row}>
          <Button size="small" icon={<PlusOutlined />} disabled={whyNot !== null} onClick={onAdd}>
            {add}
          </Button>
          {extra}
        </div>
        {choices.length > ENOUGH_TO_SEARCH ? (
          <Input
            allowClear
            prefix={<SearchOutlined />}
            style={{ marginBlockStart: 8 }}
            value={sought}
            placeholder={search}
            aria-label={search}
            onChange={(event) => setSought(event.target.value)}
          />
        ) : null}
        <ul className={styles.names}>
          {shown.map(({ name, label, count }) => (
            <li key={name}>
              <button
                type="button"
                className={styles.nameButton}
                aria-current={name === chosen}
                onClick={() => onChoose(name)}
              >
                <span title={label}>{label}</span>
                <span className="quiet number">{count}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.side}>{children}</div>
    </div>
  );
}
