import { TableOutlined } from "@ant-design/icons";
import { Button, Checkbox, Popover } from "antd";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ListColumn, stays, wordsOf } from "./columns";
import styles from "./lists.module.css";
import type { List } from "./useList";

function Choices<Row>({ list }: { list: List<Row> }) {
  const { t } = useTranslation();
  const seen = new Set(list.seen.map(({ key }) => key));
  const choosable = list.columns.filter((column) => wordsOf(column));
  const fixed = (column: ListColumn<Row>) => stays(column, list.columns);
  return (
    <fieldset className={styles.choices} aria-label={t("lists.columns")}>
      {choosable.map((column) => (
        <Checkbox
          key={column.key}
          checked={seen.has(column.key)}
          disabled={fixed(column)}
          title={fixed(column) ? t("lists.stays") : undefined}
          onChange={({ target }) => list.turn(column, target.checked)}
        >
          {wordsOf(column)}
        </Checkbox>
      ))}
      <Button size="small" disabled={!list.reset} onClick={() => list.reset?.()}>
        {t("lists.asBefore")}
      </Button>
    </fieldset>
  );
}

/** Which columns of the list are seen. */
export function ColumnsButton<Row>({ list }: { list: List<Row> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const around = useId();
  const leave = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  return (
    // Beside the button in the page, so that the tabulator leads from it to the choices.
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for what is pressed inside of it
    <div id={around} className={styles.around} onKeyDown={leave}>
      <Popover
        open={open}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomRight"
        getPopupContainer={(trigger) => document.getElementById(around) ?? trigger}
        content={<Choices list={list} />}
      >
        <Button ref={button} icon={<TableOutlined />} aria-expanded={open}>
          {t("lists.columns")}
        </Button>
      </Popover>
    </div>
  );
}
