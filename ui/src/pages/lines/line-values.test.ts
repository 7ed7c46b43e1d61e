import { expect, it } from "vitest";
import type { LineDetail } from "@/api/lines";
import { bodyOf, numbersIn, valuesOf, written } from "./line-values";

const line = {
  name: "Pool",
  kind: "pooled",
  caller_number: "+12025550100",
  more_numbers: ["+12025550101", "+12025550102"],
  home: { country: "US", province: "NY", city: "" },
  channels: 4,
  price_per_minute: 8_500,
  expires_at: "2027-01-02T03:04:56.000Z",
  username: "me",
} as unknown as LineDetail;

it("gives back what it was given", () => {
  const body = bodyOf(valuesOf(line), line);
  expect(body.more_numbers).toEqual(line.more_numbers);
  expect(body.home).toEqual(line.home);
  expect(body.price).toBe("0.0085");
  expect(body.expires_at).toBe(line.expires_at);
  expect(body.password).toBeNull();
});

it("sends what a mobile line has, whatever stood there before", () => {
  const body = bodyOf({ ...valuesOf(line), kind: "mobile" }, null);
  expect(body.channels).toBe(1);
  expect(body.more_numbers).toEqual([]);
});

it("reads pasted numbers however they are divided", () => {
  expect(numbersIn(" +1 202 555 0101\n+12025550102;+12025550103,\n\n")).toEqual([
    "+1 202 555 0101",
    "+12025550102",
    "+12025550103",
  ]);
});

it("writes prices without what means nothing", () => {
  expect([0, 60_000, 8_500, 1_000_000, 12_500_000].map(written)).toEqual([
    "0",
    "0.06",
    "0.0085",
    "1",
    "12.5",
  ]);
});
