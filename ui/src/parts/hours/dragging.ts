import type { CallingHours } from "@/api/model";
import { clock, DAY, dayOf, minuteOf } from "./hours";

/** To how many minutes what is dragged is rounded; nothing becomes shorter. */
export const STEP = 15;

/** What of a day one has hold of: an end of the hours, an end of a no-dial period, or a whole period. */
export type Hold = { of: "opens" | "closes" } | { of: "starts" | "ends" | "period"; period: number };

/** Where on the day one takes hold, in minutes; an end lies where it is, without length. */
export interface Handle {
  hold: Hold;
  from: number;
  to: number;
}

const within = (least: number, minute: number, most: number): number =>
  Math.max(least, Math.min(most, Math.round(minute / STEP) * STEP));

const at = (hold: Hold, minute: number): Handle => ({ hold, from: minute, to: minute });

/** The handles of a day; a period's own lies below those of its ends. */
export function handlesOf({ opens, closes, no_dial }: CallingHours): Handle[] {
  const periods = no_dial.map(({ starts, ends }) => ({ from: minuteOf(starts), to: minuteOf(ends, true) }));
  return [
    ...periods.map(({ from, to }, period): Handle => ({ hold: { of: "period", period }, from, to })),
    at({ of: "opens" }, minuteOf(opens)),
    at({ of: "closes" }, minuteOf(closes, true)),
    ...periods.flatMap(({ from, to }, period) => [
      at({ of: "starts", period }, from),
      at({ of: "ends", period }, to),
    ]),
  ];
}

function draggedPeriod(of: "starts" | "ends" | "period", from: number, to: number, by: number) {
  if (of === "starts") return { starts: clock(within(0, from + by, to - STEP)), ends: clock(to) };
  if (of === "ends") return { starts: clock(from), ends: clock(within(from + STEP, to + by, DAY)) };
  const start = within(0, from + by, DAY - (to - from));
  return { starts: clock(start), ends: clock(start + to - from) };
}

/** The hours once what one has hold of is moved `by` minutes from where it lay in `hours`. */
export function dragged(hours: CallingHours, hold: Hold, by: number): CallingHours {
  // A click is no drag: 09:07 stays 09:07.
  if (Math.abs(by) < STEP / 2) return hours;
  const opens = minuteOf(hours.opens);
  const closes = minuteOf(hours.closes, true);
  switch (hold.of) {
    case "opens":
      return { ...hours, opens: clock(within(0, opens + by, closes - STEP)) };
    case "closes":
      return { ...hours, closes: clock(within(opens + STEP, closes + by, DAY)) };
    default: {
      const { of, period } = hold;
      const move = ({ starts, ends }: CallingHours["no_dial"][number]) =>
        draggedPeriod(of, minuteOf(starts), minuteOf(ends, true), by);
      return { ...hours, no_dial: hours.no_dial.map((one, index) => (index === period ? move(one) : one)) };
    }
  }
}

/**
 * The hours with a no-dial period drawn `from` a minute of the open day `to` another; it stays in what is open there,
 * and none is drawn where less than a step is open.
 */
export function drawn(hours: CallingHours, from: number, to: number): CallingHours {
  const open = dayOf([hours]).find(
    (stretch) => stretch.kind === "open" && stretch.from <= from && from < stretch.to,
  );
  if (!open || open.to - open.from < STEP || Math.abs(to - from) < STEP / 2) return hours;
  const starts = within(open.from, Math.min(from, to), open.to - STEP);
  const ends = within(starts + STEP, Math.max(from, to), open.to);
  return { ...hours, no_dial: [...hours.no_dial, { starts: clock(starts), ends: clock(ends) }] };
}
