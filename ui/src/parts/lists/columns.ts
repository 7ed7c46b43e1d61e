import type { TableColumnType } from "antd";
import type { ListColumnChoice } from "@/api/lists";

/** A column of a list; by its key people choose whether they see it. */
export type ListColumn<Row> = TableColumnType<Row> & {
  key: string;
  /** What it is called where people choose, if its title is more than words. One without either always stays. */
  name?: string;
  /** Seen by those alone who chose it. */
  optional?: boolean;
};

/** Which widths of the screen are reached. */
export type Screens = Partial<Record<string, boolean>>;

export const AS_BEFORE: ListColumnChoice = { shown: [], hidden: [] };

export const wordsOf = <Row>({ name, title }: ListColumn<Row>): string =>
  name ?? (typeof title === "string" ? title : "");

function seenByItself<Row>({ optional, responsive }: ListColumn<Row>, screens: Screens): boolean {
  return !optional && (!responsive || responsive.some((screen) => screens[screen]));
}

/** The first one leads to the row, for the keyboard too, and what has no words is there to be pressed. */
export const stays = <Row>(column: ListColumn<Row>, columns: readonly ListColumn<Row>[]): boolean =>
  column === columns[0] || !wordsOf(column);

/** What of the columns is seen, in their order; a choice of columns that there aren't means nothing. */
export function seenOf<Row>(
  columns: readonly ListColumn<Row>[],
  { shown, hidden }: ListColumnChoice,
  screens: Screens,
): ListColumn<Row>[] {
  const seen = (column: ListColumn<Row>): boolean =>
    shown.includes(column.key) || (!hidden.includes(column.key) && seenByItself(column, screens));
  return columns
    .filter((column) => (stays(column, columns) ? seenByItself(column, screens) : seen(column)))
    .map((column) => ({ ...column, responsive: undefined }));
}

/** The choice after one column was switched on or off; what a list shows by itself needs no mention. */
export function switched<Row>(
  { shown, hidden }: ListColumnChoice,
  column: ListColumn<Row>,
  on: boolean,
  screens: Screens,
): ListColumnChoice {
  const others = (keys: readonly string[]): string[] => keys.filter((key) => key !== column.key);
  const byItself = seenByItself(column, screens);
  return {
    shown: [...others(shown), ...(on && !byItself ? [column.key] : [])],
    hidden: [...others(hidden), ...(!on && byItself ? [column.key] : [])],
  };
}

export const isAsBefore = ({ shown, hidden }: ListColumnChoice): boolean =>
  shown.length === 0 && hidden.length === 0;

const sorted = (keys: readonly string[]): string => JSON.stringify([...keys].sort());

export const isSameChoice = (one: ListColumnChoice, other: ListColumnChoice): boolean =>
  sorted(one.shown) === sorted(other.shown) && sorted(one.hidden) === sorted(other.hidden);
