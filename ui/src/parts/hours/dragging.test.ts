import { expect, it } from "vitest";
import type { CallingHours } from "@/api/model";
import { dragged, drawn, handlesOf } from "./dragging";

const HOURS: CallingHours = {
  opens: "09:00:00",
  closes: "20:00:00",
  days: ["monday"],
  no_dial: [{ starts: "12:00:00", ends: "14:00:00" }],
  holidays: [],
};
const PERIOD = { of: "period", period: 0 } as const;

it("moves an end of the hours to a quarter of an hour, and never past the other end", () => {
  expect(dragged(HOURS, { of: "opens" }, 67).opens).toBe("10:00");
  expect(dragged(HOURS, { of: "opens" }, -900).opens).toBe("00:00");
  expect(dragged(HOURS, { of: "opens" }, 900).opens).toBe("19:45");
  expect(dragged(HOURS, { of: "closes" }, 900).closes).toBe("00:00");
  expect(dragged(HOURS, { of: "closes" }, -900).closes).toBe("09:15");
});

it("leaves what is only clicked where it lies, on no quarter, too", () => {
  const odd = { ...HOURS, opens: "09:07:00" };
  expect(dragged(odd, { of: "opens" }, 2)).toEqual(odd);
  expect(dragged(odd, { of: "opens" }, 8).opens).toBe("09:15");
});

it("moves an end of a period, or the whole of it as long as it was", () => {
  const moved = (of: "starts" | "ends" | "period", by: number) =>
    dragged(HOURS, { of, period: 0 }, by).no_dial[0];
  expect(moved("starts", 200)).toEqual({ starts: "13:45", ends: "14:00" });
  expect(moved("ends", -40)).toEqual({ starts: "12:00", ends: "13:15" });
  expect(moved("period", 31)).toEqual({ starts: "12:30", ends: "14:30" });
  expect(moved("period", 2000)).toEqual({ starts: "22:00", ends: "00:00" });
  expect(moved("period", -2000)).toEqual({ starts: "00:00", ends: "02:00" });
});

it("takes hold of the ends above the whole period, and of each where it lies", () => {
  const handles = handlesOf({ ...HOURS, closes: "00:00:00" });
  expect(handles.map(({ hold, from, to }) => [hold.of, from, to])).toEqual([
    ["period", 720, 840],
    ["opens", 540, 540],
    ["closes", 1440, 1440],
    ["starts", 720, 720],
    ["ends", 840, 840],
  ]);
  expect(handles[0]?.hold).toEqual(PERIOD);
});

it("draws a no-dial period on an open part of the day, either way, and only there", () => {
  const period = (from: number, to: number) => drawn(HOURS, from, to).no_dial[1];
  expect(period(905, 961)).toEqual({ starts: "15:00", ends: "16:00" });
  expect(period(961, 905)).toEqual({ starts: "15:00", ends: "16:00" });
  expect(period(600, 1400), "not over the period that is there").toEqual({ starts: "10:00", ends: "12:00" });
  expect(period(900, 1400), "not past the end of the hours").toEqual({ starts: "15:00", ends: "20:00" });
  expect(period(600, 610)).toEqual({ starts: "10:00", ends: "10:15" });
  expect(period(715, 730), "at the end of what is open").toEqual({ starts: "11:45", ends: "12:00" });
  expect(period(1195, 1260), "at the end of the hours").toEqual({ starts: "19:45", ends: "20:00" });
  const gap = { ...HOURS, no_dial: [...HOURS.no_dial, { starts: "14:10:00", ends: "15:00:00" }] };
  expect(drawn(gap, 842, 900), "less than a step is open").toBe(gap);
  expect(drawn(HOURS, 600, 604), "a click draws nothing").toBe(HOURS);
  expect(drawn(HOURS, 780, 900), "from a period that is there").toBe(HOURS);
  expect(drawn(HOURS, 300, 700), "from outside the hours").toBe(HOURS);
});
